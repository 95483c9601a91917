using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>The read model of inboxes. Instants are unix milliseconds, <c>data</c> is JSON.</summary>
[Migration(9, "inbox")]
public sealed class M0009Inbox : SqlMigration
{
    /// <inheritdoc />
    public override void Up() => Both("""
        create table notifications (
            id {uuid} not null primary key,
            user_id text not null,
            kind text not null,
            title text not null,
            data text not null,
            created_at bigint not null,
            read_at bigint
        ) {updated often};
        create index notifications_user on notifications (user_id, created_at, id);
        create index notifications_unread on notifications (user_id, created_at, id) where read_at is null;
        create index notifications_age on notifications (created_at);
        """);
}
