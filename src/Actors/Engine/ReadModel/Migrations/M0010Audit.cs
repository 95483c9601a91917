using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>The audit log in the read model. Instants are unix milliseconds, <c>details</c> is JSON, hashes are hexadecimal.</summary>
[Migration(10, "audit")]
public sealed class M0010Audit : SqlMigration
{
    /// <inheritdoc />
    public override void Up() => Both("""
        create table audit_log (
            number bigint not null primary key check (number >= 1),
            id {uuid} not null unique,
            recorded_at bigint not null,
            at bigint not null,
            actor text,
            role text,
            action text not null,
            target_type text,
            target_id text,
            address text,
            request_id text,
            result text not null check (result in ('intended', 'succeeded', 'refused', 'unknown')),
            details text not null,
            previous_hash text not null,
            hash text not null
        );
        create index audit_log_recorded on audit_log (recorded_at, number);
        create index audit_log_actor on audit_log (actor, number);
        create index audit_log_action on audit_log (action, number);
        create index audit_log_target on audit_log (target_id, number);
        """);
}
