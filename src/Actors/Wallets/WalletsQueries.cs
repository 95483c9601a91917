using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>Asks for the user's wallets; answered with <see cref="WalletsView"/>.</summary>
public sealed record GetWallets : IQuery;

/// <summary>
/// Asks what the user held right before an instant of the last <see cref="HoldingsHistory.Reach"/>; answered with <see cref="HoldingsThen"/>, for ever the same.
/// An instant that the entity's clock has not reached has no answer yet (<c>too_early</c>).
/// </summary>
public sealed record GetHoldingsAt(DateTimeOffset Instant) : IQuery;

/// <summary>A wallet as its user sees it.</summary>
/// <param name="Address">Base58.</param>
/// <param name="LinkedAt">Since when it is the user's.</param>
/// <param name="Amount">Base units; null before the first reading.</param>
/// <param name="Slot">The slot of the reading.</param>
/// <param name="At">When it was last read.</param>
/// <param name="FailedAt">When reading it failed, if that was later.</param>
public sealed record WalletView(
    string Address, DateTimeOffset LinkedAt, ulong? Amount, ulong? Slot, DateTimeOffset? At, DateTimeOffset? FailedAt) : IReply;

/// <summary>The wallets of a user.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Tier">The tier of their sum.</param>
/// <param name="Total">Base units over all wallets; null before the first reading.</param>
/// <param name="Decimals">The mint's decimals; null before the first reading.</param>
/// <param name="Items">By time of linking.</param>
public sealed record WalletsView(string UserId, HolderTier Tier, ulong? Total, int? Decimals, IReadOnlyList<WalletView> Items) : IReply;

/// <summary>What a user held right before an instant.</summary>
/// <param name="WholeTokens">Whole tokens over all wallets.</param>
/// <param name="Tier">The tier of that.</param>
public sealed record HoldingsThen(DateTimeOffset Instant, ulong WholeTokens, HolderTier Tier) : IReply;

/// <summary>Done; nothing to add.</summary>
public sealed record Noted : IReply
{
    /// <summary>The only value.</summary>
    public static readonly Noted Instance = new();
}
