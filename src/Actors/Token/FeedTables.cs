using LinqToDB.Mapping;

namespace WildNOut.Actors.Token;

/// <summary>A feed in the read model.</summary>
[Table("token_feed")]
public sealed record FeedRow
{
    /// <summary>The number by which the other tables name it.</summary>
    [Column("feed"), PrimaryKey]
    public int Feed { get; init; }

    /// <summary>The mint, base58.</summary>
    [Column("mint")]
    public string Mint { get; init; } = "";

    /// <summary>Base units are 10^-decimals of a token; null while unknown.</summary>
    [Column("decimals")]
    public int? Decimals { get; init; }

    /// <summary>The last slot that was read.</summary>
    [Column("tip_slot")]
    public long TipSlot { get; init; }

    /// <summary>The newest finalized slot; null before the first.</summary>
    [Column("finalized_slot")]
    public long? FinalizedSlot { get; init; }

    /// <summary>The position of the newest line.</summary>
    [Column("position")]
    public long Position { get; init; }
}

/// <summary>A movement in the read model, a line of the feed.</summary>
[Table("token_transactions")]
public sealed record TransactionRow
{
    /// <summary>The feed.</summary>
    [Column("feed"), PrimaryKey(0)]
    public int Feed { get; init; }

    /// <summary>The position of the line.</summary>
    [Column("position"), PrimaryKey(1)]
    public long Position { get; init; }

    /// <summary>Where it landed.</summary>
    [Column("slot")]
    public long Slot { get; init; }

    /// <summary>When its block was made, in unix milliseconds; null where unknown.</summary>
    [Column("block_time")]
    public long? BlockTime { get; init; }

    /// <summary>The transaction.</summary>
    [Column("signature")]
    public string Signature { get; init; } = "";

    /// <summary>The place within the transaction.</summary>
    [Column("idx")]
    public int Index { get; init; }

    /// <summary>The wire name of its <see cref="MovementKind"/>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>The owner that gave.</summary>
    [Column("sender")]
    public string? Sender { get; init; }

    /// <summary>The owner that received.</summary>
    [Column("recipient")]
    public string? Recipient { get; init; }

    /// <summary>Base units, a whole number below 2^64.</summary>
    [Column("amount")]
    public decimal Amount { get; init; }

    /// <summary>What a transfer fee withheld, likewise.</summary>
    [Column("fee")]
    public decimal Fee { get; init; }

    /// <summary>The position of the line that withdrew it; null while it is on the chain.</summary>
    [Column("withdrawn_by")]
    public long? WithdrawnBy { get; init; }
}

/// <summary>A line of the feed that is no movement: a withdrawal, or finality.</summary>
[Table("token_notices")]
public sealed record NoticeRow
{
    /// <summary>The feed.</summary>
    [Column("feed"), PrimaryKey(0)]
    public int Feed { get; init; }

    /// <summary>The position of the line.</summary>
    [Column("position"), PrimaryKey(1)]
    public long Position { get; init; }

    /// <summary>The slot up to which the chain is final; for a withdrawal 0.</summary>
    [Column("slot")]
    public long Slot { get; init; }

    /// <summary>The position of the movement that is withdrawn; null for finality.</summary>
    [Column("withdrawn")]
    public long? Withdrawn { get; init; }
}

/// <summary>A transaction that could not be understood.</summary>
[Table("token_parked")]
public sealed record ParkedRow
{
    /// <summary>The feed.</summary>
    [Column("feed"), PrimaryKey(0)]
    public int Feed { get; init; }

    /// <summary>The transaction, or where it stood.</summary>
    [Column("signature"), PrimaryKey(1)]
    public string Signature { get; init; } = "";

    /// <summary>Where it landed.</summary>
    [Column("slot")]
    public long Slot { get; init; }

    /// <summary>One sentence.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>When, in unix milliseconds.</summary>
    [Column("parked_at")]
    public long ParkedAt { get; init; }
}

/// <summary>What changed hands within five minutes: transfers, purchases and sales, not new and burnt tokens, and nothing whose time is unknown.</summary>
[Table("token_volume")]
public sealed record VolumeRow
{
    /// <summary>The length of a bucket in milliseconds.</summary>
    public const long Bucket = 5 * 60 * 1000;

    /// <summary>The feed.</summary>
    [Column("feed"), PrimaryKey(0)]
    public int Feed { get; init; }

    /// <summary>When the bucket begins, in unix milliseconds.</summary>
    [Column("bucket_start"), PrimaryKey(1)]
    public long BucketStart { get; init; }

    /// <summary>Exact base units.</summary>
    [Column("amount")]
    public decimal Amount { get; init; }

    /// <summary>How many movements.</summary>
    [Column("transfers")]
    public int Transfers { get; init; }
}
