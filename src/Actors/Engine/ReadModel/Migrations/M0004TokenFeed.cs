using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>The read model of the token's feed. Instants are unix milliseconds; quantities are exact base units.</summary>
/// <remarks>
/// A line of the feed is a row of token_transactions or of token_notices, so that positions of both together have no gap. Within a slot positions rise in chain order, so
/// (slot, position) is the order of the chain. How sure a movement is follows from the finalized slot of its feed: finality writes no row anew. The key over signatures
/// is a second line of defence: what is not withdrawn is there once.
/// </remarks>
[Migration(4, "token feed")]
public sealed class M0004TokenFeed : SqlMigration
{
    /// <inheritdoc />
    public override void Up()
    {
        Postgres(Tables.Replace("{units}", "numeric(20)", StringComparison.Ordinal).Replace("{sum}", "numeric", StringComparison.Ordinal)
            .Replace("{updated often}", "with (fillfactor = 70)", StringComparison.Ordinal));
        Sqlite(Tables.Replace("{units}", "text", StringComparison.Ordinal).Replace("{sum}", "text", StringComparison.Ordinal)
            .Replace("{updated often}", "", StringComparison.Ordinal));
    }

    private const string Tables = """
        create table token_feed (
            feed int not null primary key,
            mint text not null unique,
            decimals int check (decimals between 0 and 255),
            tip_slot bigint not null,
            finalized_slot bigint,
            position bigint not null check (position >= 0)
        ) {updated often};
        create table token_transactions (
            feed int not null,
            position bigint not null check (position >= 1),
            slot bigint not null,
            block_time bigint,
            signature text not null,
            idx int not null check (idx >= 0),
            kind text not null check (kind in ('transfer', 'mint', 'burn', 'buy', 'sell')),
            sender text,
            recipient text,
            amount {units} not null,
            fee {units} not null,
            withdrawn_by bigint,
            primary key (feed, position)
        );
        create unique index token_transactions_once on token_transactions (signature, idx, feed) where withdrawn_by is null;
        create index token_transactions_chain on token_transactions (feed, slot, position) where withdrawn_by is null;
        create index token_transactions_sender on token_transactions (feed, sender, slot, position) where withdrawn_by is null and sender is not null;
        create index token_transactions_recipient on token_transactions (feed, recipient, slot, position) where withdrawn_by is null and recipient is not null;
        create table token_notices (
            feed int not null,
            position bigint not null check (position >= 1),
            slot bigint not null,
            withdrawn bigint,
            primary key (feed, position)
        );
        create table token_parked (
            feed int not null,
            signature text not null,
            slot bigint not null,
            reason text not null,
            parked_at bigint not null,
            primary key (feed, signature)
        );
        create table token_volume (
            feed int not null,
            bucket_start bigint not null,
            amount {sum} not null,
            transfers int not null check (transfers >= 0),
            primary key (feed, bucket_start)
        ) {updated often};
        """;
}
