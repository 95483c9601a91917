using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>The wallets of a user in a snapshot.</summary>
public sealed record WalletsSnapshot(
    IReadOnlyList<LinkedWallet> Wallets,
    IReadOnlyList<OwedRelease> Owed,
    IReadOnlyList<HoldingsPoint> History,
    int? Decimals,
    HolderTier Tier,
    DateTimeOffset LastAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Closed = false) : ISnapshot
{
    /// <summary>The snapshot of a state; its lists never change, so nothing is copied.</summary>
    public static WalletsSnapshot Of(WalletsState state) => new(state.Wallets, state.Owed, state.History, state.Decimals, state.Tier, state.LastAt, state.Closed);

    /// <summary>The state of this snapshot.</summary>
    public WalletsState ToState(string userId) => new(userId)
    {
        Wallets = [.. Wallets],
        Owed = [.. Owed],
        History = [.. History],
        Decimals = Decimals,
        Tier = Tier,
        LastAt = LastAt,
        Closed = Closed,
    };
}
