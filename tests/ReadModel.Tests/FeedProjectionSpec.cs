using System.Globalization;
using LinqToDB.Data;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Token;
using WildNOut.Testing;
using Xunit;
using static WildNOut.ReadModel.Tests.FeedSample;

namespace WildNOut.ReadModel.Tests;

public sealed class FeedProjectionSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    /// <summary>Each row a story of its own; together they need every order of withdrawing and landing again.</summary>
    private static readonly IEvent[] Story =
    [
        Recorded(1, Block(10, Move("s1", null, "ann", 1_000, kind: MovementKind.Mint)), Block(11, Move("s2", "ann", "bob", 300, fee: 3), Move("s2", "bob", "cid", 100, index: 1))),
        Recorded(4, Block(12, Move("s3", "bob", "cid", 50))),
        Withdrawn(11, 5, new WithdrawnLine(4, "s3", 0)),
        Recorded(6, Block(13, Move("s3", "bob", "cid", 50), Move("s4", "cid", null, 20, kind: MovementKind.Burn))),
        Finalized(11, 8),
        new FeedReconciled(
            Mint, 14, 9, [new WithdrawnLine(7, "s4", 0)], [new FeedBlock(new BlockId(14, null), null, [Move("s5", "cid", "ann", 7)], [new ParkedTransaction("s6", "Unknown version.")])], 11, 6, Sample.Noon),
    ];

    public static IEnumerable<object[]> KindsAndRuns => [.. TestDatabases.Kinds.SelectMany(kind => new[] { false, true }, (kind, together) => new[] { kind[0], together })];

    [Theory]
    [MemberData(nameof(KindsAndRuns))]
    public async Task A_feed_reads_as_its_events_say_however_they_fall_into_runs(string kind, bool together)
    {
        await using var bench = await ReadSideBench.On(kind);
        if (together)
        {
            await bench.AppendAsync(PersistenceId, Story);
        }

        await using var running = bench.Run(new FeedProjection());
        foreach (var @event in together ? [] : Story)
        {
            await bench.AppendAsync(PersistenceId, @event);
            await bench.CaughtUpAsync(FeedProjection.Key);
        }

        await bench.CaughtUpAsync(FeedProjection.Key);
        await IsAsToldAsync(bench);
        var live = await RowsAsync(bench);
        Assert.True(await ProjectionRebuild.RequestAsync(bench.Database, FeedProjection.Key));
        await Eventually.Holds(async () =>
            !(await Offsets.AllAsync(bench.Database, default))[FeedProjection.Key].ResetRequested && (await RowsAsync(bench)).SequenceEqual(live));
        await IsAsToldAsync(bench);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_largest_amounts_are_kept_exactly(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new FeedProjection());
        await bench.AppendAsync(
            PersistenceId,
            Recorded(1, Block(10, Move("s1", null, "ann", ulong.MaxValue, kind: MovementKind.Mint), Move("s2", "ann", "bob", ulong.MaxValue - 1, fee: 1), Move("s3", "bob", "ann", ulong.MaxValue - 2))));
        await bench.CaughtUpAsync(FeedProjection.Key);

        var page = await new TokenTransactionListings(bench.Database).PageAsync(Mint, null, null, 10);
        Assert.Equal(["18446744073709551613", "18446744073709551614", "18446744073709551615"], page!.Items.Select(item => item.Amount));
        Assert.Equal("18446744073709.551615", page.Items[2].Display);
        var reader = new FeedReader(bench.Database);
        Assert.Equal([("ann", (decimal)ulong.MaxValue - 2), ("bob", 1m)], (await reader.BalancesAsync(Mint)).Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal((decimal)ulong.MaxValue * 2 - 3, await reader.VolumeSinceAsync(Mint, Sample.Noon));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_movement_that_is_there_twice_is_refused_by_the_database(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new FeedProjection());
        await bench.AppendAsync(PersistenceId, Recorded(1, Block(10, Move("s1", "ann", "bob", 1))));
        await bench.AppendAsync(PersistenceId, Recorded(2, Block(11, Move("s1", "ann", "bob", 1))));
        await bench.AppendAsync(PersistenceId, Recorded(3, Block(12, Move("s2", "ann", "bob", 1))));
        await bench.CaughtUpAsync(FeedProjection.Key);

        var page = await new TokenTransactionListings(bench.Database).PageAsync(Mint, null, null, 10);
        Assert.Equal([3, 1], page!.Items.Select(item => item.Position));
        // Whoever follows the lines does not wait for ever for the one that was set aside.
        var stretch = await new FeedReader(bench.Database).ReadAsync(Mint, 0, 10);
        Assert.Equal([1, 3], stretch.Lines.Select(line => line.Position));
        Assert.Equal(3, stretch.Upto);
    }

    private static async Task IsAsToldAsync(ReadSideBench bench)
    {
        var reader = new FeedReader(bench.Database);
        Assert.Equal(
            ["1 s1/0 finalized", "2 s2/0 finalized", "3 s2/1 finalized", "4 s3/0 confirmed", "5 s3/0 withdrawn", "6 s3/0 finalized", "7 s4/0 confirmed", "8 up to 11", "9 s4/0 withdrawn", "10 s5/0 finalized", "11 up to 14"],
            (await LinesAsync(reader, 0)).Select(Text));
        Assert.Equal([6, 7, 8, 9, 10, 11], (await LinesAsync(reader, 5)).Select(line => line.Position));
        Assert.Equal(11, await reader.NewestAsync(Mint));
        Assert.Equal(0, await reader.NewestAsync("another"));
        Assert.Equal(
            [("ann", 1_000m - 303 + 7), ("bob", 300m - 100 - 50), ("cid", 100m + 50 - 7)],
            (await reader.BalancesAsync(Mint)).Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal(450m, await reader.VolumeSinceAsync(Mint, Sample.Noon));
        Assert.Equal(0m, await reader.VolumeSinceAsync(Mint, Sample.Noon.AddMinutes(10)));
        await using var connection = bench.Database.Open();
        Assert.Equal("s6", await connection.ExecuteAsync<string>("select signature from token_parked where reason = 'Unknown version.' and slot = 14"));
        Assert.Equal(14, await connection.ExecuteAsync<long>("select tip_slot from token_feed where finalized_slot = 14 and decimals = 6"));
    }

    /// <summary>All lines after a position, in pieces that do not fall together with rows of the journal.</summary>
    private static async Task<List<FeedLine>> LinesAsync(FeedReader reader, long after)
    {
        var lines = new List<FeedLine>();
        while (await reader.ReadAsync(Mint, after, 2) is { } stretch && stretch.Upto > after)
        {
            lines.AddRange(stretch.Lines);
            after = stretch.Upto;
        }

        return lines;
    }

    private static string Text(FeedLine line) => line.Transaction is { } transaction
        ? string.Create(CultureInfo.InvariantCulture, $"{line.Position} {transaction.Signature}/{transaction.Index} {WireEnum<MovementCommitment>.Name(transaction.Commitment)}")
        : string.Create(CultureInfo.InvariantCulture, $"{line.Position} up to {line.Finalized!.Slot}");

    private static async Task<List<string>> RowsAsync(ReadSideBench bench)
    {
        await using var connection = bench.Database.Open();
        return
        [
            .. (await connection.QueryToListAsync<TransactionRow>("select * from token_transactions order by position")).Select(row => row.ToString()),
            .. (await connection.QueryToListAsync<NoticeRow>("select * from token_notices order by position")).Select(row => row.ToString()),
            .. (await connection.QueryToListAsync<VolumeRow>("select * from token_volume order by bucket_start")).Select(row => row.ToString()),
        ];
    }
}
