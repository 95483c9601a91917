using CsCheck;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Leaderboards;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

/// <summary>A board equals what its ledger gives when it is added up anew.</summary>
public sealed class LeaderboardProperties
{
    /// <summary>Not on the hour, so that windows begin in the midst of something.</summary>
    private static readonly DateTimeOffset Start = Sample.Noon.AddMinutes(17);

    /// <summary>Minutes that pass: mostly few, then hours, days, and sometimes more than a month.</summary>
    private static readonly Gen<int> Passing = Gen.Frequency((5, Gen.Int[0, 40]), (3, Gen.Int[41, 400]), (2, Gen.Int[401, 9_000]), (1, Gen.Int[9_001, 60_000]));

    /// <summary>Minutes by which an event is late: it happened then, and is heard of now.</summary>
    private static readonly Gen<int> Late = Gen.Frequency((8, Gen.Const(0)), (1, Gen.Int[1, 1_600]), (1, Gen.Int[1_601, 50_000]));

    /// <summary>Small amounts, so that many are equal; a change of 0 is a wish for another name, and the most negative one an end of the account.</summary>
    private static readonly Gen<(int User, int Amount, int Late)> Changes = Gen.Select(Gen.Int[0, 24], Gen.Int[-4, 9], Late);

    private static readonly Gen<(int Passing, (int User, int Amount, int Late)[] Run)[]> Histories = Gen.Select(Passing, Changes.Array[0, 30]).Array[1, 14];

    public static IEnumerable<object[]> Kinds => [[TestDatabases.Sqlite, 30], [TestDatabases.Postgres, 12]];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_board_equals_its_ledger_whatever_happens_when(string kind, int histories)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        var bench = new LeaderboardBench(fixture.Database);
        await Gen.Select(Histories, Gen.Int[1, 7]).SampleAsync(
            async (history, limit) =>
            {
                await bench.ResetAsync();
                var (ledger, now) = (new LeaderboardLedger(), Start);
                foreach (var (passing, run) in history)
                {
                    now = now.AddMinutes(passing);
                    await bench.ApplyAsync([.. run.SelectMany(change => Happen(ledger, change, now))]);
                    await bench.RollAsync(now);
                    await bench.EqualsAsync(ledger, Boards.HourOf(now), limit);
                }
            },
            iter: histories,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Windows_that_move_while_points_come_lose_none_and_count_none_twice(string kind, int histories)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        var bench = new LeaderboardBench(fixture.Database);
        await Histories.SampleAsync(
            async history =>
            {
                await bench.ResetAsync();
                var (ledger, now) = (new LeaderboardLedger(), Start);
                foreach (var (passing, run) in history)
                {
                    now = now.AddMinutes(passing);
                    var then = now;
                    await Task.WhenAll(bench.ApplyAsync([.. run.SelectMany(change => Happen(ledger, change, then))]), bench.StepAsync(then), bench.StepAsync(then));
                }

                await bench.RollAsync(now);
                await bench.EqualsAsync(ledger, Boards.HourOf(now), 5);
            },
            iter: histories,
            threads: 1);
    }

    private static IEnumerable<IUserEvent> Happen(LeaderboardLedger ledger, (int User, int Amount, int Late) change, DateTimeOffset now)
    {
        var (user, at) = ($"u{change.User}", now.AddMinutes(-change.Late));
        return change.Amount switch
        {
            0 => ledger.Rename(user, $"{user}_{at.ToUnixTimeMilliseconds()}", at),
            -4 => ledger.Delete(user, at),
            _ => ledger.Change(user, change.Amount, at),
        };
    }
}
