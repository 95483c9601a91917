using System.Collections.Immutable;

namespace WildNOut.Actors.Wallets;

/// <summary>A wallet of a user.</summary>
/// <param name="Address">Base58.</param>
/// <param name="Claim">The number of the claim on the address.</param>
/// <param name="LinkedAt">Since when.</param>
/// <param name="Confirmed">Whether the address knows of it for good.</param>
/// <param name="Amount">Base units; null before the first reading.</param>
/// <param name="Slot">The slot of the newest reading.</param>
/// <param name="ReadAt">When that was.</param>
/// <param name="FailedAt">When reading failed after that.</param>
public sealed record LinkedWallet(
    string Address,
    long Claim,
    DateTimeOffset LinkedAt,
    bool Confirmed = false,
    ulong? Amount = null,
    ulong Slot = 0,
    DateTimeOffset? ReadAt = null,
    DateTimeOffset? FailedAt = null);

/// <summary>A claim that the address must yet be told is given up.</summary>
public sealed record OwedRelease(string Address, long Claim);

/// <summary>The wallets of a user as their events made them.</summary>
public sealed record WalletsState(string UserId)
{
    /// <summary>How many wallets a user may have.</summary>
    public const int MostWallets = 10;

    /// <summary>The wallets, by time of linking.</summary>
    public ImmutableList<LinkedWallet> Wallets { get; init; } = [];

    /// <summary>Claims to give back.</summary>
    public ImmutableList<OwedRelease> Owed { get; init; } = [];

    /// <summary>What was held over time.</summary>
    public ImmutableList<HoldingsPoint> History { get; init; } = [];

    /// <summary>The mint's decimals; null before the first reading.</summary>
    public int? Decimals { get; init; }

    /// <summary>The tier of the sum.</summary>
    public HolderTier Tier { get; init; }

    /// <summary>Whether the user is no more.</summary>
    public bool Closed { get; init; }

    /// <summary>The instant of the newest event.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Base units over all wallets.</summary>
    public ulong Total => TokenUnits.Sum(Wallets.Select(wallet => wallet.Amount ?? 0));

    /// <summary>The wallet of an address; null when it is not the user's.</summary>
    public LinkedWallet? Find(string address) => Wallets.Find(wallet => wallet.Address == address);

    /// <summary>The state after an event.</summary>
    public WalletsState Evolve(IWalletsEvent @event)
    {
        var next = Apply(@event) with { LastAt = @event.At };
        var before = History.IsEmpty ? 0 : History[^1].Total;
        return next.Total == before ? next : next with { History = HoldingsHistory.Add(History, new HoldingsPoint(@event.At, next.Total)) };
    }

    /// <summary>The wallet with another one in its place.</summary>
    public WalletsState With(LinkedWallet wallet) => this with { Wallets = Wallets.SetItem(Wallets.FindIndex(old => old.Address == wallet.Address), wallet) };

    private WalletsState Apply(IWalletsEvent @event) => @event switch
    {
        WalletConnected e => this with { Wallets = Wallets.Add(new LinkedWallet(e.Address, e.Claim, e.At)) },
        WalletConfirmed e => With(Find(e.Address)! with { Confirmed = true }),
        WalletDisconnected e => this with
        {
            Wallets = Wallets.RemoveAll(wallet => wallet.Address == e.Address),
            Owed = e.Lost ? Owed : Owed.Add(new OwedRelease(e.Address, e.Claim)),
        },
        ClaimReturned e => this with { Owed = Owed.Add(new OwedRelease(e.Address, e.Claim)) },
        WalletReleased e => this with { Owed = Owed.RemoveAll(owed => owed.Address == e.Address && owed.Claim == e.Claim) },
        HoldingsSet e => With(Find(e.Address)! with { Amount = e.Amount, Slot = e.Slot, ReadAt = e.At, FailedAt = null }) with { Decimals = e.Decimals },
        HolderTierChanged e => this with { Tier = e.Tier },
        WalletsClosed => this with { Closed = true },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "The wallets of a user do not know this event."),
    };
}
