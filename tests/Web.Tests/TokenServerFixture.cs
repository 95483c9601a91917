using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Token;
using WildNOut.Chain;
using WildNOut.Web.Gateway;
using WildNOut.Web.Listings;

namespace WildNOut.Web.Tests;

/// <summary>A node that follows a token, with some movements, and with users whose wallets are known.</summary>
public sealed class TokenServerFixture : ServerFixture
{
    public new const string Mint = "MintMintMintMintMintMintMintMintMintMintMint";
    public const string Ann = "AnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAn";
    public const string Bob = "BobBobBobBobBobBobBobBobBobBobBobBobBobBobBo";
    public const string Cid = "CidCidCidCidCidCidCidCidCidCidCidCidCidCidCi";

    /// <summary>Records ten movements, five a block, the first block finalized; gives the token by which lists show them.</summary>
    public async Task<string> FillAsync()
    {
        await AskAsync(new RecordBlocks(Mint, new BlockId(10, "h10"), new BlockId(11, "h11"), [Block(11, 0)], Finalized: true, Decimals: 3));
        var row = await AskAsync(new RecordBlocks(Mint, new BlockId(11, "h11"), new BlockId(12, "h12"), [Block(12, 5)], Finalized: false, Decimals: 3));
        return new Http.ConsistencyToken(FeedDefinition.AddressOf(Mint).PersistenceId, row).Encode();
    }

    protected override void Add(IServiceCollection services) => services
        .AddSingleton(new ChainOptions { Mint = Mint })
        .AddSingleton<IWalletsOfUser>(new Wallets());

    private static FeedBlock Block(ulong slot, int first)
    {
        string[] people = [Ann, Bob, Cid];
        return new FeedBlock(
            new BlockId(slot, $"h{slot}"),
            new DateTimeOffset(2026, 1, 2, 3, 4, (int)slot, TimeSpan.Zero),
            [.. Enumerable.Range(first, 5).Select(n => new Movement($"s{n}", 0, MovementKind.Transfer, people[n % 3], people[(n + 1) % 3], 1_500UL + (ulong)n))],
            []);
    }

    private async Task<long> AskAsync(IFeedCommand command)
    {
        var reply = await Services.GetRequiredService<EntityGateway>().AskAsync(FeedDefinition.AddressOf(Mint), command);
        return Assert.IsType<Done>(reply).SequenceNr;
    }

    private sealed class Wallets : IWalletsOfUser
    {
        public ValueTask<IReadOnlyList<string>> AddressesAsync(string userId, CancellationToken cancellation) => new(userId switch
        {
            "ann" => [Ann],
            "both" => [Ann, Cid],
            _ => [],
        });
    }
}
