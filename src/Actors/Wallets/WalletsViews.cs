namespace WildNOut.Actors.Wallets;

/// <summary>From state to what its user sees.</summary>
internal static class WalletsViews
{
    public static WalletView View(LinkedWallet wallet) => new(
        wallet.Address, wallet.LinkedAt, wallet.Amount, wallet.Amount is null ? null : wallet.Slot, wallet.ReadAt, wallet.FailedAt);

    public static WalletsView View(WalletsState state) => new(
        state.UserId, state.Tier, state.Decimals is null ? null : state.Total, state.Decimals, [.. state.Wallets.Select(View)]);

    public static HoldingsThen Then(WalletsState state, DateTimeOffset instant)
    {
        var total = HoldingsHistory.TotalBefore(state.History, instant);
        var decimals = state.Decimals ?? 0;
        return new HoldingsThen(instant, TokenUnits.Whole(total, decimals), TokenUnits.Tier(total, decimals));
    }
}
