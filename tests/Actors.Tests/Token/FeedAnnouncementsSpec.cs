using System.Text.Json;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Token;
using Xunit;
using static WildNOut.Actors.Tests.Token.Chain;

namespace WildNOut.Actors.Tests.Token;

public sealed class FeedAnnouncementsSpec
{
    [Fact]
    public void Movements_are_told_with_all_that_clients_show()
    {
        var told = Assert.Single(Told(Recorded(Id(12), 1, Block(12, Move("s1", 2, 2_500_000)))));
        Assert.Equal(("token", "token.transaction", Now, (string?)null), (told.Channel, told.Type, told.Timestamp, told.FoldKey));
        Assert.Equal(
            """{"signature":"s1","index":2,"slot":12,"blockTime":"2026-03-04T05:06:07.000Z","sender":"ann","recipient":"bob","amount":"2500000","fee":"0","decimals":6,"display":"2.5","kind":"transfer","commitment":"confirmed","position":1}""",
            JsonDocument.Parse(told.Data).RootElement.GetRawText());
    }

    [Fact]
    public void Many_movements_and_old_ones_are_told_as_one_advance()
    {
        var many = Told(Recorded(Id(12), 1, Block(12, [.. Enumerable.Range(0, FeedAnnouncementsLimit + 1).Select(i => Move($"s{i}"))])));
        Assert.Equal(("token.advanced", "advanced"), (Assert.Single(many).Type, many[0].FoldKey));
        var old = Told(Recorded(Id(12), 1, Block(12, Move("s1")) with { Time = Now.AddMinutes(-2) }));
        Assert.Equal("""{"position":1}""", JsonDocument.Parse(Assert.Single(old).Data).RootElement.GetRawText());
    }

    [Fact]
    public void Withdrawals_and_finality_are_told()
    {
        Assert.Equal(
            ["token.withdrawn", "token.transaction", "token.finalized"],
            Told(new FeedReconciled(Mint, 12, 4, [new(1, "s1", 0)], [Block(12, Move("s2"))], 6, 6, Now)).Select(told => told.Type));
        Assert.Empty(Told(new BlocksFinalized(Mint, Id(12), null, Now)));
    }

    [Theory]
    [InlineData(0, 6, "0")]
    [InlineData(5, 6, "0.000005")]
    [InlineData(2_500_000, 6, "2.5")]
    [InlineData(ulong.MaxValue, 9, "18446744073.709551615")]
    [InlineData(ulong.MaxValue, 0, "18446744073709551615")]
    [InlineData(7, 30, "0.000000000000000000000000000007")]
    public void Quantities_are_shown_exactly(ulong amount, int decimals, string shown) => Assert.Equal(shown, TokenQuantity.Display(amount, decimals));

    private const int FeedAnnouncementsLimit = 100;

    private static List<Announcement> Told(IFeedEvent @event)
    {
        var feed = new FeedDefinition();
        return [.. feed.Announce(feed.Evolve(feed.Empty(Mint), @event), @event)];
    }
}
