using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>How far each projection and policy is, what they could not digest, and the constants of the deployment.</summary>
[Migration(2, "read side")]
public sealed class M0002ReadSide : SqlMigration
{
    /// <inheritdoc />
    public override void Up() => Both("""
        create table read_offsets (
            name text not null primary key,
            kind text not null check (kind in ('projection', 'policy')),
            position bigint not null check (position >= 0),
            reset_requested boolean not null,
            updated_at bigint not null
        ) {updated often};
        create table parked_events (
            name text not null,
            persistence_id text not null,
            sequence_nr bigint not null,
            event_index int not null,
            manifest text not null,
            error text not null,
            parked_at bigint not null,
            primary key (name, persistence_id, sequence_nr, event_index)
        );
        create table deployment (
            name text not null primary key,
            value text not null
        );
        """);
}
