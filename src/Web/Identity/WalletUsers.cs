using System.Security.Cryptography;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Actors.Wallets;
using WildNOut.Chain.Signatures;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Identity;

/// <summary>Which user a wallet signs in.</summary>
/// <param name="gateway">Asks addresses and wallets.</param>
public sealed class WalletUsers(EntityGateway gateway)
{
    private const int Attempts = 3;

    /// <summary>
    /// The user that a wallet makes when it belongs to nobody: it follows from the address, so that two first sign-ins at the same instant agree, and does not tell it.
    /// </summary>
    public static string IdOf(WalletAddress address) => $"wallet-{Convert.ToHexStringLower(SHA256.HashData(address.Key).AsSpan(0, 16))}";

    /// <summary>
    /// The user whose the wallet is, or else a user of its own whose it becomes. What the address says alone is not enough: while a wallet is being given up, the address
    /// still names its former user, whom it must not sign in any more.
    /// </summary>
    /// <returns>The user, or the refusal: a wallet's own user who gave the account up does not come back.</returns>
    public async Task<(string? UserId, IReply? No)> FindAsync(WalletAddress address, CancellationToken cancellation)
    {
        var own = IdOf(address);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var reply = await gateway.AskAsync(WalletRegions.OfAddress(address.Text), new GetAddressOwner());
            if (reply is not AddressOwner { UserId: var owner })
            {
                return (null, reply);
            }

            if (owner is not null && owner != own)
            {
                reply = await gateway.AskAsync(WalletRegions.OfUser(owner), new GetWallets());
                if (reply is not WalletsView wallets || wallets.Items.Any(wallet => wallet.Address == address.Text))
                {
                    return reply is WalletsView ? (owner, null) : (null, reply);
                }
            }
            else
            {
                reply = await gateway.AskAsync(UserRegions.OfUser(own), new WelcomeUser());
                if (reply is not Done)
                {
                    return (null, reply);
                }

                reply = await gateway.AskAsync(WalletRegions.OfUser(own), new LinkWallet(address.Text));
                if (reply is not Rejection { Code: var code } || code != WalletRefusals.Taken.Code)
                {
                    return reply is Done ? (own, null) : (null, reply);
                }
            }
        }

        return (null, WalletRefusals.Taken);
    }
}
