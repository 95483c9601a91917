using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>What the wallets of a user say to a command.</summary>
public static class WalletsDecider
{
    /// <summary>The key of the question for an address's claim.</summary>
    public static string ClaimOf(string address) => $"claim:{address}";

    /// <summary>The key of the work owed to an address that is given up.</summary>
    public static string ReleaseOf(string address) => $"release:{address}";

    /// <summary>Judges a command at an instant.</summary>
    public static Decision<IWalletsEvent> Decide(WalletsState state, IWalletsCommand command, DateTimeOffset now)
    {
        // After a failover to a node whose clock is behind, time must not go back: what was held at an instant is said once.
        var at = now > state.LastAt ? now : state.LastAt;
        return command switch
        {
            LinkWallet link => Link(state, link),
            HearAddress heard => Hear(state, heard.Reply, at),
            DisconnectWallet disconnect => Disconnect(state, disconnect, at),
            CloseWallets => Close(state, at),
            SetHoldings set => Set(state, set, at),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "The wallets of a user do not know this command."),
        };
    }

    /// <summary>What the address must be told of an owed release.</summary>
    public static Question Release(string userId, OwedRelease owed) =>
        new(ReleaseOf(owed.Address), WalletRegions.OfAddress(owed.Address), new ReleaseAddress(userId, owed.Claim));

    /// <summary>Asks the address first; a release that is owed to it goes before, lest it arrives later and frees the new claim.</summary>
    private static Decision<IWalletsEvent> Link(WalletsState state, LinkWallet link) =>
        state.Closed ? Decision<IWalletsEvent>.Reject(WalletRefusals.Closed)
        : state.Find(link.Address) is { } linked ? Decision<IWalletsEvent>.Answer(WalletsViews.View(linked))
        : state.Owed.Find(owed => owed.Address == link.Address) is { } owed ? Decision<IWalletsEvent>.Await(Release(state.UserId, owed))
        : state.Wallets.Count >= WalletsState.MostWallets ? Decision<IWalletsEvent>.Reject(WalletRefusals.TooMany)
        : Decision<IWalletsEvent>.Await(new Question(ClaimOf(link.Address), WalletRegions.OfAddress(link.Address), new ClaimAddress(state.UserId)));

    private static Decision<IWalletsEvent> Hear(WalletsState state, ClaimReply reply, DateTimeOffset at)
    {
        var wallet = state.Find(reply.Address);
        return reply.Status switch
        {
            ClaimStatus.Claimed when wallet is not null => Note(),
            ClaimStatus.Claimed when state.Closed =>
                Decision<IWalletsEvent>.Reject(WalletRefusals.Closed, new ClaimReturned(state.UserId, reply.Address, reply.Claim, at)),
            ClaimStatus.Claimed when state.Wallets.Count >= WalletsState.MostWallets =>
                Decision<IWalletsEvent>.Reject(WalletRefusals.TooMany, new ClaimReturned(state.UserId, reply.Address, reply.Claim, at)),
            ClaimStatus.Claimed => Note(new WalletConnected(state.UserId, reply.Address, reply.Claim, at)),
            ClaimStatus.Confirmed when wallet is { Confirmed: false } && wallet.Claim == reply.Claim =>
                Note(new WalletConfirmed(state.UserId, reply.Address, reply.Claim, at)),
            ClaimStatus.Lost when wallet is not null && wallet.Claim == reply.Claim =>
                Note(WithTier(state, new WalletDisconnected(state.UserId, reply.Address, reply.Claim, true, at))),
            ClaimStatus.Released when state.Owed.Contains(new OwedRelease(reply.Address, reply.Claim)) =>
                Note(new WalletReleased(state.UserId, reply.Address, reply.Claim, at)),
            _ => Note(),
        };
    }

    private static Decision<IWalletsEvent> Disconnect(WalletsState state, DisconnectWallet disconnect, DateTimeOffset at) =>
        state.Find(disconnect.Address) is { } wallet
            ? Note(WithTier(state, new WalletDisconnected(state.UserId, wallet.Address, wallet.Claim, false, at)))
            : Decision<IWalletsEvent>.Reject(WalletRefusals.NoWallet);

    private static Decision<IWalletsEvent> Close(WalletsState state, DateTimeOffset at)
    {
        if (state.Closed)
        {
            return Note();
        }

        var events = new List<IWalletsEvent>();
        foreach (var wallet in state.Wallets)
        {
            var gone = WithTier(state, new WalletDisconnected(state.UserId, wallet.Address, wallet.Claim, false, at));
            events.AddRange(gone);
            state = gone.Aggregate(state, (then, happened) => then.Evolve(happened));
        }

        return Note([.. events, new WalletsClosed(state.UserId, at)]);
    }

    private static Decision<IWalletsEvent> Set(WalletsState state, SetHoldings set, DateTimeOffset at) =>
        state.Find(set.Address) is not { } wallet ? Decision<IWalletsEvent>.Reject(WalletRefusals.NoWallet)
        : set.Slot < wallet.Slot || (wallet.Amount == set.Amount && state.Decimals == set.Decimals) ? Note()
        : Note(WithTier(state, new HoldingsSet(state.UserId, set.Address, set.Amount, set.Slot, set.Decimals, at)));

    /// <summary>The event, and the change of the tier that it brings.</summary>
    private static IReadOnlyList<IWalletsEvent> WithTier(WalletsState state, IWalletsEvent @event)
    {
        var after = state.Evolve(@event);
        var tier = TokenUnits.Tier(after.Total, after.Decimals ?? 0);
        return tier == state.Tier ? [@event] : [@event, new HolderTierChanged(state.UserId, tier, state.Tier, @event.At)];
    }

    private static Decision<IWalletsEvent> Note(params IReadOnlyList<IWalletsEvent> events) => Decision<IWalletsEvent>.Answer(Noted.Instance, events);
}
