using System.Text.Json.Serialization.Metadata;
using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Actors.Token;

/// <summary>
/// What subscribers of <c>token</c> are told of the feed. The channel is for those who look on: what would flood it, and what is old by now, is told as one
/// <c>token.advanced</c>, and whoever wants every line reads the stream.
/// </summary>
internal static class FeedAnnouncements
{
    /// <summary>All about the token.</summary>
    public const string Channel = "token";

    /// <summary>Lines of one event that are told one by one at most.</summary>
    public const int MostLines = 100;

    /// <summary>Movements in older blocks are history and not news.</summary>
    public static readonly TimeSpan News = TimeSpan.FromMinutes(1);

    public static IEnumerable<Announcement> Of(FeedState state, IFeedEvent @event) => @event switch
    {
        BlocksRecorded e => Movements(state, e.At, e.First, e.Blocks, e.Finalized).Concat(Finality(e.At, e.Upto.Slot, e.FinalizedAt)),
        BlocksFinalized e => Finality(e.At, e.Upto.Slot, e.FinalizedAt),
        BlocksWithdrawn e => Withdrawals(state, e.At, e.First, e.Lines),
        FeedReconciled e =>
        [
            .. Withdrawals(state, e.At, e.First, e.Withdrawn),
            .. Movements(state, e.At, e.First + e.Withdrawn.Count, e.Added, finalized: true),
            .. Finality(e.At, e.Upto, e.FinalizedAt),
        ],
        _ => [],
    };

    private static IEnumerable<Announcement> Movements(FeedState state, DateTimeOffset at, long first, IReadOnlyList<FeedBlock> blocks, bool finalized)
    {
        var count = blocks.Sum(block => block.Movements.Count);
        if (count == 0)
        {
            return [];
        }

        return count > MostLines || blocks[^1].Time < at - News
            ? [Advanced(state, at)]
            : blocks
                .SelectMany(block => block.Movements, (block, movement) => (block, movement))
                .Select((line, i) => Tell("token.transaction", at, View(state, line.block, line.movement, finalized, first + i), FeedJson.Default.TokenTransaction));
    }

    private static IEnumerable<Announcement> Withdrawals(FeedState state, DateTimeOffset at, long first, IReadOnlyList<WithdrawnLine> lines) =>
        lines.Count > MostLines
            ? [Advanced(state, at)]
            : lines.Select((line, i) => Tell("token.withdrawn", at, new TokenWithdrawn(line.Signature, line.Index, first + i), FeedJson.Default.TokenWithdrawn));

    private static IEnumerable<Announcement> Finality(DateTimeOffset at, ulong slot, long? position) =>
        position is { } line ? [Tell("token.finalized", at, new TokenFinalized(slot, line), FeedJson.Default.TokenFinalized)] : [];

    private static Announcement Advanced(FeedState state, DateTimeOffset at) =>
        Announcement.Of(Channel, "token.advanced", at, new TokenAdvanced(state.Position), FeedJson.Default.TokenAdvanced, foldKey: "advanced");

    private static Announcement Tell<T>(string type, DateTimeOffset at, T data, JsonTypeInfo<T> json) => Announcement.Of(Channel, type, at, data, json);

    private static TokenTransaction View(FeedState state, FeedBlock block, Movement movement, bool finalized, long position) => new(
        movement.Signature,
        movement.Index,
        block.Id.Slot,
        block.Time,
        movement.Sender,
        movement.Recipient,
        TokenQuantity.Units(movement.Amount),
        TokenQuantity.Units(movement.Fee),
        state.Decimals,
        TokenQuantity.Display(movement.Amount, state.Decimals),
        movement.Kind,
        finalized ? MovementCommitment.Finalized : MovementCommitment.Confirmed,
        position);
}
