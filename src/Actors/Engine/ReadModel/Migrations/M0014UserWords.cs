using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>
/// Who bears some words, by an index of whole words, where the database can search at all: two lists of it meet in a sixth of the time that the trigrams of both words take.
/// The function names nothing outside pg_catalog, since PostgreSQL looks nowhere else while it makes an index.
/// </summary>
[Migration(14, "users by words")]
public sealed class M0014UserWords : SqlMigration
{
    /// <inheritdoc />
    public override void Up() => Postgres("""
        do $$
        begin
            if to_regclass('user_words_search') is not null then
                create function user_words_list(search text) returns text[] language sql immutable as $f$
                    select array(select distinct word from regexp_split_to_table(search, '[^[:alpha:]]+') word where length(word) >= 3)
                $f$;
                create index users_words on users using gin (user_words_list(search)) where search is not null;
            end if;
        end
        $$
        """);
}
