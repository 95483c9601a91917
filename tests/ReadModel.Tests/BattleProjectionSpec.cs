using LinqToDB.Data;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class BattleProjectionSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_battle_reads_as_its_events_say_and_a_rebuild_gives_the_same(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new BattleProjection());
        var (battle, first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.AppendAsync(Sample.Of(battle), Sample.Created(battle));
        await bench.AppendAsync(Sample.Of(battle), new BattleActivated(battle, null, Sample.Noon.AddHours(1)));
        await bench.AppendAsync(Sample.Of(battle), Sample.Entered(battle, first, "bob"), Sample.Entered(battle, second, "cid"), new EntryViewed(battle, first, Sample.Noon));
        await bench.AppendAsync(Sample.Of(battle), new EntryModerated(battle, second, "bob", ModerationStatus.Approved, "fine", "mod", Sample.Noon));
        await bench.AppendAsync(Sample.Of(battle), new BattleVotingStarted(battle, null, Sample.Noon.AddHours(2)));
        await bench.AppendAsync(Sample.Box(0), Sample.Vote(battle, first, "dan"), Sample.Vote(battle, second, "dan", newcomer: false), Sample.Vote(battle, first, "cid", newcomer: false));
        await bench.CaughtUpAsync(BattleProjection.Key);
        await bench.AppendAsync(Sample.Box(1), Sample.Vote(battle, first, "eve", 2, 3));
        await bench.CaughtUpAsync(BattleProjection.Key);

        var listings = new BattleListings(bench.Database);
        var view = Assert.Single((await listings.BattlesAsync(new BattleFilter(), BattleOrder.Newest, null, 20))!.Items);
        Assert.Equal(
            new BattleView(
                battle, "A title", "A description", BattleType.WildStyle, BattleStatus.Voting, "ann", BattleRules.Default,
                Sample.Noon.AddHours(1), Sample.Noon.AddHours(2), Sample.Noon.AddHours(3), 2, 4, 4, 0, 6, Sample.Noon),
            view);
        Assert.Equal(2, (await listings.VotesOfVoterAsync(battle, "dan")).Items.Count);
        Assert.Equal(battle, await listings.FindBattleOfEntryAsync(second));
        Assert.Null(await listings.FindBattleOfEntryAsync(Guid.CreateVersion7()));

        await bench.AppendAsync(Sample.Of(battle), new BattleVotingClosed(battle, null, Sample.Noon.AddHours(3)));
        await bench.AppendAsync(Sample.Of(battle), new BattleCompleted(
            battle,
            new BattleResults(battle, Sample.Noon.AddHours(3), [new RankedEntry(1, first, "bob", 8, 3), new RankedEntry(2, second, "cid", 1, 1)]),
            Sample.Noon.AddHours(3)));
        await bench.CaughtUpAsync(BattleProjection.Key);
        var entries = (await listings.EntriesAsync(battle, null, EntryOrder.MostVoted, null, 20))!.Items;
        Assert.Equal([first, second], entries.Select(entry => entry.Id));
        Assert.Equal([1, 2], entries.Select(entry => entry.Rank));
        Assert.Equal(new EntryMetrics(1, 3, 0, 0), entries[0].Metrics);
        Assert.Equal(new EntryModeration(ModerationStatus.Approved, "fine"), entries[1].Moderation);
        Assert.Single((await listings.EntriesAsync(battle, ModerationStatus.Approved, EntryOrder.Newest, null, 20))!.Items);

        var live = await RowsAsync(bench.Database);
        Assert.False(await ProjectionRebuild.RequestAsync(bench.Database, "no-such"));
        Assert.True(await ProjectionRebuild.RequestAsync(bench.Database, BattleProjection.Key));
        await Eventually.Holds(async () => !(await Offsets.AllAsync(bench.Database, default))[BattleProjection.Key].ResetRequested);
        await bench.CaughtUpAsync(BattleProjection.Key);
        Assert.Equal(live, await RowsAsync(bench.Database));
    }

    private static async Task<string> RowsAsync(ReadModelDatabase database)
    {
        await using var connection = database.Open();
        var rows = new List<string>();
        foreach (var table in new[] { "battles", "battle_counts", "entries", "votes" })
        {
            await using var reader = await connection.ExecuteReaderAsync($"select * from {table} order by 1, 2, 3", CancellationToken.None);
            while (await reader.Reader!.ReadAsync())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.Reader.FieldCount).Select(i => reader.Reader.GetValue(i))));
            }
        }

        return string.Join('\n', rows);
    }
}
