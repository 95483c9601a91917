using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Users.Leaderboards;
using WildNOut.Benchmarks.Load;
using WildNOut.Benchmarks.People;
using WildNOut.Benchmarks.Reporting;

namespace WildNOut.Benchmarks.Scenarios;

/// <summary>Boards, ranks and profiles of very many people, at an even pace.</summary>
internal sealed class PeopleScenario(Arena arena, Settings settings)
{
    private const int PerSecond = 500;
    private const int Sample = 4_000;

    /// <summary>Measures each kind of request, all in turn, and a turn of the hour.</summary>
    public async Task Run(Report report)
    {
        var places = new Dictionary<Board, IReadOnlyList<Place>>();
        foreach (var board in Boards.All)
        {
            places[board] = await PlacesAsync(board);
        }

        var people = places[Board.All].Select(place => (int)place.Number).ToArray();
        var tokens = people.Select(person => arena.Tokens.For(Crowd.Id(person))).ToArray();
        var memory = arena.Node?.ResidentBytes() ?? 0;
        Func<int, PacedRequest> page = i => Page(places, i), rank = i => Rank(people, tokens, i), profile = i => Profile(people, i);
        report.Add(await Measure("people: a page of a board", page));
        report.Add(await Measure("people: one's own rank", rank));
        report.Add(await Measure("people: a profile", profile));
        report.Add(await Measure("people: all three in turn", i => (i % 3) switch { 0 => page(i / 3), 1 => rank(i / 3), _ => profile(i / 3) }));
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"People: {PerSecond} requests a second, open loop, each latency from when its request was due; the server's memory was {memory / 1_048_576:N0} MiB before and {(arena.Node?.ResidentBytes() ?? 0) / 1_048_576:N0} MiB after."));
        report.Note(await Turn());
    }

    private async Task<Row> Measure(string line, Func<int, PacedRequest> next)
    {
        using var load = new PacedLoad(arena.Url, PerSecond);
        var result = await load.RunAsync(settings.WarmUp, settings.Window, arena.Meter, next);
        if (result.FirstWrong is { } wrong)
        {
            Console.WriteLine($"First wrong answer of {line}: {wrong}");
        }

        return Row.Of(line, result, string.Create(CultureInfo.InvariantCulture, $"p99.9 {result.Milliseconds(99.9):F1} ms, slowest {result.Milliseconds(100):F1} ms"));
    }

    /// <summary>One in four asks for the top, the others for somewhere else on a board.</summary>
    private static PacedRequest Page(Dictionary<Board, IReadOnlyList<Place>> places, int i)
    {
        var board = (Board)(i / 4 % 4);
        var path = $"/api/leaderboard?timeframe={Name(board)}&limit=20";
        return i % 4 == 0
            ? new PacedRequest(path, null, "\"items\":[{\"rank\":1,")
            : new PacedRequest($"{path}&cursor={LeaderboardListings.CursorOf(board, places[board][i % places[board].Count])}", null, "\"items\":[{\"rank\":");
    }

    private static PacedRequest Rank(int[] people, string[] tokens, int i)
    {
        var who = i % people.Length;
        return new PacedRequest($"/api/leaderboard/me?timeframe={Name((Board)(i % 4))}", tokens[who], i % 4 == 0 ? $"\"userId\":\"{Crowd.Id(people[who])}\"" : "\"rank\":");
    }

    private static PacedRequest Profile(int[] people, int i)
    {
        var who = people[i % people.Length];
        return new PacedRequest($"/api/users/{Crowd.Username(who)}", null, $"\"id\":\"{Crowd.Id(who)}\"");
    }

    private static string Name(Board board) => board.ToString().ToLowerInvariant();

    /// <summary>Places all over a board, but for its last page.</summary>
    private async Task<IReadOnlyList<Place>> PlacesAsync(Board board)
    {
        var (key, since) = board == Board.All ? ("all_key", "all_since") : ($"{Name(board)}_key", "credited_at");
        await using var command = arena.Database!.CreateCommand($"select {key}, {since}, number from leaderboard where {key} < 0 order by {key} desc, {since} desc offset 100");
        var places = new List<Place>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                places.Add(new Place(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
            }
        }

        Place[] all = [.. places];
        new Random(7).Shuffle(all);
        return all[..Math.Min(Sample, all.Length)];
    }

    /// <summary>What it costs when an hour begins.</summary>
    private async Task<string> Turn()
    {
        await using var database = new ReadModelDatabase(arena.DatabaseUrl!, 10, NullLogger<ReadModelDatabase>.Instance);
        var roll = new LeaderboardRoll(database);
        var hour = DateTimeOffset.UtcNow.AddHours(1);
        var (steps, longest, all) = (0, TimeSpan.Zero, Stopwatch.StartNew());
        for (var more = true; more;)
        {
            var step = Stopwatch.StartNew();
            more = await roll.StepAsync(hour);
            steps++;
            longest = step.Elapsed > longest ? step.Elapsed : longest;
        }

        return string.Create(CultureInfo.InvariantCulture, $"People: an hour began: {steps} steps in {all.ElapsedMilliseconds:N0} ms, the longest {longest.TotalMilliseconds:N0} ms.");
    }
}
