using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>From rows of the read model to what clients see.</summary>
internal static class FeedRows
{
    /// <summary>A movement with its commitment as of now.</summary>
    public static TokenTransaction View(FeedRow feed, TransactionRow row) => View(
        feed, row, row.WithdrawnBy is null && row.Slot <= feed.FinalizedSlot ? MovementCommitment.Finalized : MovementCommitment.Confirmed, row.Position);

    /// <summary>A movement with a given commitment and position.</summary>
    public static TokenTransaction View(FeedRow feed, TransactionRow row, MovementCommitment commitment, long position) => new(
        row.Signature,
        row.Index,
        (ulong)row.Slot,
        row.BlockTime is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null,
        row.Sender,
        row.Recipient,
        TokenQuantity.Units((ulong)row.Amount),
        TokenQuantity.Units((ulong)row.Fee),
        feed.Decimals,
        TokenQuantity.Display((ulong)row.Amount, feed.Decimals),
        WireEnum<MovementKind>.TryParse(row.Kind, out var kind) ? kind : throw new FormatException($"'{row.Kind}' is no kind of movement."),
        commitment,
        position);
}
