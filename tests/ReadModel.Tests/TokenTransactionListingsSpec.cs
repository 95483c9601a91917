using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Token;
using WildNOut.Testing;
using Xunit;
using static WildNOut.ReadModel.Tests.FeedSample;

namespace WildNOut.ReadModel.Tests;

public sealed class TokenTransactionListingsSpec
{
    private static readonly string[] People = ["ann", "bob", "cid", "dan"];

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_follow_each_other_in_chain_order_newest_first(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await FillAsync(bench);
        var listings = new TokenTransactionListings(bench.Database);
        var all = await AllAsync(listings, null, 7);
        Assert.Equal(59, all.Count);
        Assert.Equal(all.OrderByDescending(item => item.Slot).ThenByDescending(item => item.Position), all);
        Assert.DoesNotContain(all, item => item.Signature == "s59");
        Assert.All(all, item => Assert.Equal(item.Slot <= 105 ? MovementCommitment.Finalized : MovementCommitment.Confirmed, item.Commitment));

        // What was found late lies where it landed, not where it came in.
        Assert.Equal(100UL, all[^1].Slot);
        Assert.Equal("late", all.First(item => item.Slot == 103).Signature);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Wallets_see_what_they_gave_and_received_once(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await FillAsync(bench);
        var listings = new TokenTransactionListings(bench.Database);
        var all = await AllAsync(listings, null, 100);
        foreach (var wallets in new string[][] { ["ann"], ["bob", "cid"], ["nobody"], [], People })
        {
            var expected = all.Where(item => wallets.Contains(item.Sender) || wallets.Contains(item.Recipient)).ToList();
            Assert.Equal(expected, await AllAsync(listings, wallets, 5));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_cursor_that_is_none_is_refused_and_an_unknown_mint_has_nothing(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        var listings = new TokenTransactionListings(bench.Database);
        Assert.Null(await listings.PageAsync(Mint, null, "nonsense", 10));
        Assert.Null(await listings.PageAsync(Mint, null, new Keyset("battles by Newest", 1, Guid.Empty).Encode(), 10));
        var page = await listings.PageAsync(Mint, null, null, 10);
        Assert.Empty(page!.Items);
        Assert.Null(page.NextCursor);
    }

    /// <summary>Sixty movements, five a slot, of which the last is withdrawn, and one of an earlier slot that was found late.</summary>
    private static async Task FillAsync(ReadSideBench bench)
    {
        var blocks = Enumerable.Range(0, 12).Select(block => Block(
            100 + (ulong)block,
            [.. Enumerable.Range(block * 5, 5).Select(i => Move($"s{i}", People[i % 4], People[(i + 1 + i % 3) % 4], (ulong)i + 1))])).ToList();
        blocks[3] = blocks[3] with { Movements = [.. blocks[3].Movements.Skip(1)] };
        await bench.AppendAsync(
            PersistenceId,
            Recorded(1, [.. blocks]),
            Withdrawn(110, 60, new WithdrawnLine(59, "s59", 0)),
            Recorded(61, Block(103, Move("late", "ann", "bob", 1))),
            Finalized(105, 62));
        await using var running = bench.Run(new FeedProjection());
        await bench.CaughtUpAsync(FeedProjection.Key);
    }

    private static async Task<List<TokenTransaction>> AllAsync(TokenTransactionListings listings, IReadOnlyList<string>? wallets, int limit)
    {
        var all = new List<TokenTransaction>();
        string? cursor = null;
        do
        {
            var page = await listings.PageAsync(Mint, wallets, cursor, limit);
            all.AddRange(page!.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }
}
