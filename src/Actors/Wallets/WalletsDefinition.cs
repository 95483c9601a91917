using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Wallets;

/// <summary>The wallets of one user and what they hold.</summary>
public sealed class WalletsDefinition : EntityDefinition<WalletsState, IWalletsCommand, IWalletsEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.Wallets;

    /// <summary>None: a wallet that is linked, or set to an amount, twice is so once.</summary>
    public override int RememberedCommands => 0;

    /// <inheritdoc />
    public override WalletsState Empty(string entityId) => new(entityId);

    /// <inheritdoc />
    public override Decision<IWalletsEvent> Decide(WalletsState state, IWalletsCommand command, DateTimeOffset now) =>
        WalletsDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override WalletsState Evolve(WalletsState state, IWalletsEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(WalletsState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetWallets => WalletsViews.View(state),
        GetHoldingsAt held when held.Instant > now => WalletRefusals.TooEarly,
        GetHoldingsAt held => WalletsViews.Then(state, held.Instant),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "The wallets of a user do not know this query."),
    };

    /// <inheritdoc />
    public override IReply ReplyTo(WalletsState state, IReadOnlyList<IWalletsEvent> events) =>
        throw new InvalidOperationException("Every decision of the wallets of a user brings its answer.");

    /// <inheritdoc />
    public override WalletsState Observe(WalletsState state, ISignal signal) =>
        signal is not HoldingsChecked seen || state.Find(seen.Address) is not { } wallet ? state
        : seen.Slot is not { } slot ? state.With(wallet with { FailedAt = seen.At })
        : wallet.Amount is not null && slot >= wallet.Slot ? state.With(wallet with { Slot = slot, ReadAt = seen.At, FailedAt = null })
        : state;

    /// <inheritdoc />
    public override IEnumerable<Announcement> Announce(WalletsState state, IWalletsEvent @event) => WalletsAnnouncements.Of(state, @event);

    /// <summary>Addresses must learn which claims became wallets, and which are given up.</summary>
    public override IReadOnlyList<Question> Outbox(WalletsState state) =>
    [
        .. state.Wallets.Where(wallet => !wallet.Confirmed).Select(wallet => new Question(
            $"confirm:{wallet.Address}", WalletRegions.OfAddress(wallet.Address), new ConfirmAddress(state.UserId, wallet.Claim))),
        .. state.Owed.Select(owed => WalletsDecider.Release(state.UserId, owed)),
    ];

    /// <inheritdoc />
    public override IWalletsCommand? Hear(string key, IReply answer) => answer is ClaimReply reply ? new HearAddress(reply) : null;

    /// <inheritdoc />
    public override ISnapshot Freeze(WalletsState state) => WalletsSnapshot.Of(state);

    /// <inheritdoc />
    public override WalletsState Thaw(string entityId, ISnapshot snapshot) => ((WalletsSnapshot)snapshot).ToState(entityId);

    /// <inheritdoc />
    public override int Weight(WalletsState state) => state.History.Count;
}
