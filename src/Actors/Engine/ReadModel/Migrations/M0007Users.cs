using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>The read model of users. Instants are unix milliseconds.</summary>
/// <remarks>
/// <para>
/// Names are compared byte by byte, so that a plain index finds what begins with a text. What may be searched beyond that, chosen names and display names in small letters, is one
/// column, null for who has neither: PostgreSQL indexes its trigrams where the extension pg_trgm may be had (any owner of the database may create it), SQLite
/// keeps them in a table of its own by triggers. What comes near a text is looked for among the words that names are made of, as the documentation of pg_trgm advises: there are far
/// fewer of them than of names, so that what much has in common costs little. A word is kept with the number of users who bear it, by triggers, and goes with the last;
/// what many users at once bring counts once a word, not once a user.
/// Without the extension only beginnings are found.
/// </para>
/// <para>
/// The rows of the ledger are numbered by their place in the journal, so that pages follow the order in which points came and went. Points taken away are
/// rare, so that only they have an index of their kind.
/// </para>
/// </remarks>
[Migration(7, "users")]
public sealed class M0007Users : SqlMigration
{
    /// <inheritdoc />
    public override void Up()
    {
        Both("""
            create table users (
                {number of the row}
                id text not null {key},
                username text {bytewise},
                display_name text,
                display_key text {bytewise},
                bio text,
                avatar_url text,
                granted_role text,
                identity_role text,
                show_wallets boolean not null,
                show_holdings boolean not null,
                points bigint not null check (points >= 0),
                level bigint not null check (level >= 1),
                contents bigint not null,
                comments bigint not null,
                entries bigint not null,
                battles bigint not null,
                wins bigint not null,
                votes bigint not null,
                search text,
                created_at bigint not null,
                deleted_at bigint
            ) {updated often};
            create unique index users_username on users (username) where username is not null;
            create index users_display on users (display_key) where display_key is not null;
            create table points_ledger (
                number bigint not null primary key,
                id {uuid} not null,
                user_id text not null,
                type text not null check (type in ('credit', 'debit')),
                amount bigint not null check (amount >= 1),
                reason text not null,
                source text not null,
                cause text not null,
                balance_after bigint not null check (balance_after >= 0),
                created_at bigint not null
            );
            create index points_ledger_user on points_ledger (user_id, number, id);
            create index points_ledger_debits on points_ledger (user_id, number, id) where type = 'debit';
            create unique index points_ledger_cause on points_ledger (user_id, cause);
            create table user_standings (
                user_id text not null primary key,
                granted_role text,
                deleted boolean not null,
                number bigint not null
            );
            create index user_standings_number on user_standings (number);
            """);
        Postgres("""
            do $$
            begin
                create extension if not exists pg_trgm;
                create index users_search on users using gin (search gin_trgm_ops) where search is not null;
                create table user_words (word text not null primary key, users bigint not null);
                create index user_words_search on user_words using gin (word gin_trgm_ops);
                create function user_words_of(search text) returns setof text language sql immutable as $f$
                    select distinct word from regexp_split_to_table(search, '[^[:alpha:]]+') word where length(word) >= 3
                $f$;
                create function user_words_change() returns trigger language plpgsql as $f$
                begin
                    if old.search is not null then
                        update user_words set users = users - 1 where word in (select user_words_of(old.search));
                        delete from user_words where users = 0 and word in (select user_words_of(old.search));
                    end if;
                    if tg_op <> 'DELETE' and new.search is not null then
                        insert into user_words (word, users) select word, 1 from user_words_of(new.search) word
                        on conflict (word) do update set users = user_words.users + 1;
                    end if;
                    return null;
                end
                $f$;
                create function user_words_added() returns trigger language plpgsql as $f$
                begin
                    insert into user_words (word, users)
                    select word, count(*) from added, user_words_of(added.search) word where added.search is not null group by word order by word
                    on conflict (word) do update set users = user_words.users + excluded.users;
                    return null;
                end
                $f$;
                create function user_words_empty() returns trigger language plpgsql as $f$
                begin
                    truncate user_words;
                    return null;
                end
                $f$;
                create trigger user_words_inserted after insert on users referencing new table as added for each statement execute function user_words_added();
                create trigger user_words_updated after update of search on users for each row when (old.search is distinct from new.search) execute function user_words_change();
                create trigger user_words_deleted after delete on users for each row when (old.search is not null) execute function user_words_change();
                create trigger user_words_truncated after truncate on users for each statement execute function user_words_empty();
            exception when others then
                raise notice 'pg_trgm is not to be had: users are found by how their names begin only';
            end
            $$;
            """);
        Sqlite("""
            create virtual table users_search using fts5(search, content = 'users', content_rowid = 'number', tokenize = 'trigram');
            create trigger users_search_inserted after insert on users when new.search is not null begin
                insert into users_search (rowid, search) values (new.number, new.search);
            end;
            create trigger users_search_changed after update of search on users when old.search is not new.search begin
                insert into users_search (users_search, rowid, search) select 'delete', old.number, old.search where old.search is not null;
                insert into users_search (rowid, search) select new.number, new.search where new.search is not null;
            end;
            create trigger users_search_removed after delete on users when old.search is not null begin
                insert into users_search (users_search, rowid, search) values ('delete', old.number, old.search);
            end;
            """);
    }
}
