using LinqToDB.Mapping;

namespace WildNOut.Actors.Token;

/// <summary>A candle in the read model. Instants are unix milliseconds.</summary>
[Table("token_candles")]
public sealed record CandleRow
{
    /// <summary>The mint.</summary>
    [Column("mint"), PrimaryKey(0)]
    public string Mint { get; init; } = "";

    /// <summary>How wide it is, in milliseconds.</summary>
    [Column("width"), PrimaryKey(1)]
    public long Width { get; init; }

    /// <summary>When it begins.</summary>
    [Column("start"), PrimaryKey(2)]
    public long Start { get; init; }

    /// <summary>The first price.</summary>
    [Column("open")]
    public decimal Open { get; init; }

    /// <summary>The highest price.</summary>
    [Column("high")]
    public decimal High { get; init; }

    /// <summary>The lowest price.</summary>
    [Column("low")]
    public decimal Low { get; init; }

    /// <summary>The last price.</summary>
    [Column("close")]
    public decimal Close { get; init; }

    /// <summary>How many prices it holds.</summary>
    [Column("samples")]
    public int Samples { get; init; }
}

/// <summary>A milestone in the read model.</summary>
[Table("token_milestones")]
public sealed record MilestoneRow
{
    /// <summary>The mint.</summary>
    [Column("mint"), PrimaryKey(0)]
    public string Mint { get; init; } = "";

    /// <summary>As in <see cref="MilestoneReached.Milestone"/>.</summary>
    [Column("milestone"), PrimaryKey(1)]
    public long Milestone { get; init; }

    /// <summary>The market cap, in USD.</summary>
    [Column("market_cap")]
    public decimal MarketCap { get; init; }

    /// <summary>The price, in USD.</summary>
    [Column("price")]
    public decimal Price { get; init; }

    /// <summary>When.</summary>
    [Column("reached_at")]
    public long ReachedAt { get; init; }
}
