using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>
/// The tables of Akka.Persistence.Sql 1.5.73 in its default mapping, tags in Csv mode (so no tag table), with the writer's id. Its own
/// auto-initialize is off. Of its indexes only the one that its queries need is here: those on created and sequence_number alone cost every write
/// and serve none of our reads.
/// </summary>
[Migration(1, "journal and snapshots")]
public sealed class M0001Journal : SqlMigration
{
    /// <inheritdoc />
    public override void Up()
    {
        Postgres("""
            create table journal (
                ordering bigint generated always as identity primary key,
                created bigint not null,
                deleted boolean not null,
                persistence_id varchar(255) not null,
                sequence_number bigint not null,
                message bytea not null,
                tags varchar(100),
                manifest varchar(500),
                identifier int,
                writer_uuid varchar(128),
                constraint journal_uq unique (persistence_id, sequence_number)
            );
            create table snapshot (
                persistence_id varchar(255) not null,
                sequence_number bigint not null,
                created bigint not null,
                snapshot bytea not null,
                manifest varchar(500),
                serializer_id int,
                primary key (persistence_id, sequence_number)
            );
            -- Rows beyond 2 kB are compressed: lz4 costs a third of the default. A large snapshot is not worth compressing.
            do $$ begin
                alter table journal alter column message set compression lz4;
            exception when feature_not_supported then
                raise notice 'This server was built without lz4.';
            end $$;
            alter table snapshot alter column snapshot set storage external;
            """);
        Sqlite("""
            create table journal (
                ordering integer not null primary key autoincrement,
                created bigint not null,
                deleted bit not null,
                persistence_id nvarchar(255) not null,
                sequence_number bigint not null,
                message varbinary not null,
                tags nvarchar(100),
                manifest nvarchar(500),
                identifier int,
                writer_uuid nvarchar(128)
            );
            create unique index journal_uq on journal (persistence_id, sequence_number);
            create table snapshot (
                persistence_id nvarchar(255) not null,
                sequence_number bigint not null,
                created bigint not null,
                snapshot varbinary not null,
                manifest nvarchar(500),
                serializer_id int,
                primary key (persistence_id, sequence_number)
            );
            """);
    }
}
