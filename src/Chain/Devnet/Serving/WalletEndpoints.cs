using Microsoft.AspNetCore.Http;
using SimpleBase;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The demo wallets for those who try things out by hand: <c>GET /wallets</c>, and <c>POST /wallets/{address}/sign</c> with the exact bytes to sign.</summary>
internal sealed class WalletEndpoints(SimulatedChain chain)
{
    private const int LongestMessage = 16 * 1024;

    /// <summary>Answers a request when it is about wallets.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value?.Split('/'))
        {
            case ["", "wallets"]:
                await context.Response.WriteAsync(List(), context.RequestAborted);
                return true;
            case ["", "wallets", var address, "sign"] when DevnetWallets.Demo.FirstOrDefault(wallet => wallet.Address == address) is { } wallet:
                await SignAsync(context, wallet);
                return true;
            default:
                return false;
        }
    }

    private string List()
    {
        var balances = chain.View().State(Commitment.Confirmed).Value.Accounts.Values.ToLookup(account => account.Owner, account => account.Amount);
        return string.Concat(DevnetWallets.Demo.Select(wallet => $"{wallet.Address} {balances[wallet.Address].Aggregate(0ul, (sum, amount) => sum + amount)}\n"));
    }

    private static async Task SignAsync(HttpContext context, DevnetWallet wallet)
    {
        if (context.Request.ContentLength is not (> 0 and <= LongestMessage))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var message = new byte[(int)context.Request.ContentLength];
        await context.Request.Body.ReadExactlyAsync(message, context.RequestAborted);
        await context.Response.WriteAsync(Base58.Bitcoin.Encode(wallet.Sign(message)), context.RequestAborted);
    }
}
