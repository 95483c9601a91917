using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>The read model of wallets. Instants are unix milliseconds, amounts and slots are u64 in decimal digits.</summary>
[Migration(6, "wallets")]
public sealed class M0006Wallets : SqlMigration
{
    /// <inheritdoc />
    public override void Up() => Both("""
        create table wallets (
            address text not null primary key,
            user_id text not null,
            amount text,
            slot text,
            linked_at bigint not null,
            due_at bigint not null
        ) {updated often};
        create index wallets_user on wallets (user_id, linked_at);
        create index wallets_due on wallets (due_at, address);
        """);
}
