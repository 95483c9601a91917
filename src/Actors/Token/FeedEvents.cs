using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>
/// What happens to a feed. Each line of the feed has a position, contiguous from 1; an event gives them in the order: withdrawals, movements, finality.
/// Positions that follow from the first are not written out.
/// </summary>
public interface IFeedEvent : IEvent
{
    /// <summary>The mint.</summary>
    string Mint { get; }

    /// <summary>When the feed heard of it.</summary>
    DateTimeOffset At { get; }
}

/// <summary>Blocks were recorded; <paramref name="Upto"/> is the tip.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Upto">The last block that was read.</param>
/// <param name="Finalized">Whether everything up to it is finalized.</param>
/// <param name="First">The position of the first movement; the others follow.</param>
/// <param name="Blocks">The movements that were not recorded yet, in chain order.</param>
/// <param name="FinalizedAt">The position of the line that says that earlier movements are finalized by this; null when there are none.</param>
/// <param name="Decimals">The decimals of the mint; null while unknown.</param>
/// <param name="At">When.</param>
public sealed record BlocksRecorded(
    string Mint, BlockId Upto, bool Finalized, long First, IReadOnlyList<FeedBlock> Blocks, long? FinalizedAt, int? Decimals, DateTimeOffset At) : IFeedEvent;

/// <summary>Everything up to a block is finalized.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Upto">The block.</param>
/// <param name="FinalizedAt">The position of the line that says so; null when it concerns no movement.</param>
/// <param name="At">When.</param>
public sealed record BlocksFinalized(string Mint, BlockId Upto, long? FinalizedAt, DateTimeOffset At) : IFeedEvent;

/// <summary>The chain went another way.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Tip">The block that is the tip again.</param>
/// <param name="First">The position of the first withdrawal; the others follow.</param>
/// <param name="Lines">What is withdrawn, newest first, so that every beginning of the feed is a chain that once was.</param>
/// <param name="At">When.</param>
public sealed record BlocksWithdrawn(string Mint, BlockId Tip, long First, IReadOnlyList<WithdrawnLine> Lines, DateTimeOffset At) : IFeedEvent;

/// <summary>A stretch of the feed was brought to what the chain finally holds.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Upto">The last slot of the stretch: it is finalized.</param>
/// <param name="First">The position of the first line; the others follow.</param>
/// <param name="Withdrawn">What the chain does not hold, newest first.</param>
/// <param name="Added">What was not recorded, in chain order.</param>
/// <param name="FinalizedAt">The position of the line that says that earlier movements are finalized; null when there are none.</param>
/// <param name="Decimals">The decimals of the mint; null while unknown.</param>
/// <param name="At">When.</param>
public sealed record FeedReconciled(
    string Mint,
    ulong Upto,
    long First,
    IReadOnlyList<WithdrawnLine> Withdrawn,
    IReadOnlyList<FeedBlock> Added,
    long? FinalizedAt,
    int? Decimals,
    DateTimeOffset At) : IFeedEvent;

/// <summary>A movement that the chain does not hold after all.</summary>
/// <param name="Position">The position under which it was recorded.</param>
/// <param name="Signature">Its transaction.</param>
/// <param name="Index">Its place within the transaction.</param>
public sealed record WithdrawnLine(long Position, string Signature, int Index);
