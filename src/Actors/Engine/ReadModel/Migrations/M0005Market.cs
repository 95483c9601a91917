using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>The read model of the token's market. Prices are exact; instants and widths are (unix) milliseconds.</summary>
[Migration(5, "market")]
public sealed class M0005Market : SqlMigration
{
    /// <inheritdoc />
    public override void Up() => Both("""
        create table token_candles (
            mint text not null,
            width bigint not null check (width > 0),
            start bigint not null,
            open {decimal} not null,
            high {decimal} not null,
            low {decimal} not null,
            close {decimal} not null,
            samples int not null check (samples >= 1),
            primary key (mint, width, start)
        ) {updated often};
        create table token_milestones (
            mint text not null,
            milestone bigint not null check (milestone > 0),
            market_cap {decimal} not null,
            price {decimal} not null,
            reached_at bigint not null,
            primary key (mint, milestone)
        );
        """);
}
