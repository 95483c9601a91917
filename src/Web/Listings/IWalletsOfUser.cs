using WildNOut.Actors.Wallets;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Listings;

/// <summary>Knows which wallets are a user's.</summary>
public interface IWalletsOfUser
{
    /// <summary>The addresses, base58; none for a user who has bound none.</summary>
    /// <exception cref="TimeoutException">The user's wallets gave no answer.</exception>
    ValueTask<IReadOnlyList<string>> AddressesAsync(string userId, CancellationToken cancellation);
}

/// <summary>The wallets that a user has linked, from the entity itself.</summary>
internal sealed class LinkedWallets(EntityGateway gateway) : IWalletsOfUser
{
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> AddressesAsync(string userId, CancellationToken cancellation) =>
        await gateway.AskAsync(WalletRegions.OfUser(userId), new GetWallets()) is WalletsView view
            ? [.. view.Items.Select(wallet => wallet.Address)]
            : throw new TimeoutException("The user's wallets gave no answer.");
}
