using WildNOut.Actors.Battles;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class BattleListingsSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Lists_filter_sort_and_page_without_gaps_or_repeats(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new BattleProjection());
        var ids = new List<Guid>();
        for (var i = 0; i < 25; i++)
        {
            var id = Guid.CreateVersion7();
            ids.Add(id);
            await bench.AppendAsync(Sample.Of(id), Sample.Created(id, Sample.Noon.AddSeconds(i / 3), i % 2 == 0 ? "ann" : "bob"));
            if (i % 5 == 0)
            {
                await bench.AppendAsync(Sample.Of(id), new BattleCancelled(id, "ann", Sample.Noon));
            }
        }

        await bench.CaughtUpAsync(BattleProjection.Key);
        var listings = new BattleListings(bench.Database);
        foreach (var order in Enum.GetValues<BattleOrder>())
        {
            var all = await AllAsync(listings, new BattleFilter(), order);
            Assert.Equal(ids.Order(), all.Select(battle => battle.Id).Order());
        }

        var newest = await AllAsync(listings, new BattleFilter(), BattleOrder.Newest);
        Assert.Equal(newest.OrderByDescending(battle => battle.CreatedAt).Select(battle => battle.CreatedAt), newest.Select(battle => battle.CreatedAt));
        Assert.Equal(5, (await AllAsync(listings, new BattleFilter(Status: BattleStatus.Cancelled), BattleOrder.Newest)).Count);
        Assert.Equal(12, (await AllAsync(listings, new BattleFilter(CreatorId: "bob"), BattleOrder.StartTime)).Count);
        Assert.Empty(await AllAsync(listings, new BattleFilter(Type: BattleType.Tournament), BattleOrder.MostVoted));

        var cursor = (await listings.BattlesAsync(new BattleFilter(), BattleOrder.Newest, null, 4))!.NextCursor!;
        Assert.Null(await listings.BattlesAsync(new BattleFilter(), BattleOrder.MostVoted, cursor, 4));
        Assert.Null(await listings.EntriesAsync(ids[0], null, EntryOrder.Newest, cursor, 4));
    }

    private static async Task<List<BattleView>> AllAsync(BattleListings listings, BattleFilter filter, BattleOrder order)
    {
        var all = new List<BattleView>();
        string? cursor = null;
        do
        {
            var page = (await listings.BattlesAsync(filter, order, cursor, 4))!;
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }
}
