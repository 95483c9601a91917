using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Users.Leaderboards;
using WildNOut.Benchmarks.Load;
using WildNOut.Benchmarks.People;
using WildNOut.Benchmarks.Reporting;
using WildNOut.Benchmarks.Workloads;

namespace WildNOut.Benchmarks.Scenarios;

/// <summary>Boards, ranks and profiles of very many people, at an even pace.</summary>
internal sealed class PeopleScenario(Arena arena, Settings settings)
{
    private const int PerSecond = 500;
    private const int ChangesPerSecond = 50;
    private const int Newcomers = 500;
    private const int Askers = 500;
    private const int Connections = 64;
    private const int Sample = 4_000;
    private const int Counted = 25;

    private readonly string _admin = arena.Tokens.For("people-admin", "admin");

    /// <summary>Measures each kind of request, all in turn, the same while points come, and what it costs when an hour begins.</summary>
    public async Task Run(Report report)
    {
        await arena.RestAsync();
        var places = new Dictionary<Board, IReadOnlyList<Place>>();
        foreach (var board in Boards.All)
        {
            places[board] = await PlacesAsync(board);
        }

        // Whoever is on the board of the day is on the others too.
        var askers = Seeded(places[Board.Day]).Take(Askers).ToArray();
        var people = Seeded(places[Board.All]).Except(askers).ToArray();
        var tokens = askers.Select(person => arena.Tokens.For(Crowd.Id(person))).ToArray();
        var memory = arena.Node?.ResidentBytes() ?? 0;
        Func<int, WantedRequest> page = i => Page(places, i), rank = i => Rank(askers, tokens, i), profile = i => Profile(people, i);
        Func<int, WantedRequest> all = i => (i % 3) switch { 0 => page(i / 3), 1 => rank(i / 3), _ => profile(i / 3) };
        await JoinAsync(tokens);
        await JoinAsync(Enumerable.Range(0, Newcomers).Select(number => arena.Tokens.For(Newcomer(number))));
        await Task.WhenAll(Load(PerSecond, TimeSpan.Zero, settings.Settle, all), Load(ChangesPerSecond, TimeSpan.Zero, settings.Settle, Award));
        report.Add(await Measure("people: an answer without a database", _ => new WantedRequest("/health/liveness", null, "")));
        report.Add(await Measure("people: a page of a board", page));
        report.Add(await Measure("people: one's own rank", rank));
        report.Add(await Measure("people: a profile", profile));
        report.Add(await Measure("people: all three in turn", all));
        var coming = Load(ChangesPerSecond, TimeSpan.Zero, settings.WarmUp + settings.Window, Award);
        report.Add(await Measure($"people: the same while {ChangesPerSecond} changes of points a second come", all));
        var came = await coming;
        report.Note(string.Create(CultureInfo.InvariantCulture, $"People: of the changes of points {came.RightInAll:N0} were right and {came.WrongInAll:N0} wrong {came.FirstWrong}"));
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"People: {PerSecond} requests a second, open loop, each latency from when its request was due; the server's memory was {memory / 1_048_576:N0} MiB before and {(arena.Node?.ResidentBytes() ?? 0) / 1_048_576:N0} MiB after."));
        report.Note(await Exact(places));
        report.Note(await Turn());
    }

    /// <summary>
    /// The seeded people have no entities, so that whoever is to ask for themselves, or is to be given points, signs in beforehand. The first begin anew as users and keep
    /// their places.
    /// </summary>
    private Task JoinAsync(IEnumerable<string> tokens) => Parallel.ForEachAsync(tokens, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (token, cancellation) =>
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(arena.Url, "/api/users/me"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
    });

    private WantedRequest Award(int i) => new(
        $"/api/admin/users/{Newcomer(i % Newcomers)}/points",
        _admin,
        "\"points\":",
        string.Create(CultureInfo.InvariantCulture, $"{{\"amount\":{1 + i * 37 % 150},\"reason\":\"a gift\"}}"));

    private static string Newcomer(int number) => string.Create(CultureInfo.InvariantCulture, $"newcomer-{number}");

    /// <summary>Whether ranks are those that a count of everybody ahead gives.</summary>
    private async Task<string> Exact(Dictionary<Board, IReadOnlyList<Place>> places)
    {
        await BoardsStandAsync();
        await using var database = new ReadModelDatabase(arena.DatabaseUrl!, 10, NullLogger<ReadModelDatabase>.Instance);
        var listings = new LeaderboardListings(database);
        var (right, asked) = (0, 0);
        foreach (var board in Boards.All)
        {
            foreach (var place in places[board].Take(Counted))
            {
                var (key, since) = Columns(board);
                await using var command = arena.Database!.CreateCommand(
                    $"select 1 + count(*) from leaderboard one join leaderboard other on other.{key} < 0 and (other.{key}, other.{since}, other.number) < (one.{key}, one.{since}, one.number) where one.number = {place.Number} and one.{key} < 0");
                var counted = (long)(await command.ExecuteScalarAsync())!;
                asked++;
                right += (await listings.StandingAsync(board, Crowd.Id((int)place.Number))).Rank == counted ? 1 : 0;
            }
        }

        return $"People: {right} of {asked} ranks equal a count of everybody ahead.";
    }

    /// <summary>The two ranks are asked one after the other: nobody may move in between.</summary>
    private async Task BoardsStandAsync()
    {
        await using var behind = arena.Database!.CreateCommand(
            "select (select position from read_offsets where name = 'leaderboards') < (select max(ordering) from journal where persistence_id like 'user:%')");
        while ((bool)(await behind.ExecuteScalarAsync())!)
        {
            await Task.Delay(100);
        }
    }

    private Task<LoadResult> Load(int perSecond, TimeSpan warmUp, TimeSpan window, Func<int, WantedRequest> request) => Task.Factory.StartNew(
        () =>
        {
            using var loop = new LoadLoop(arena.Url, Connections, new RequestWorkload(request, Connections), perSecond);
            return loop.Run(warmUp, window, arena.Meter);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private async Task<Row> Measure(string line, Func<int, WantedRequest> next)
    {
        var result = await Load(PerSecond, settings.WarmUp, settings.Window, next);
        if (result.FirstWrong is { } wrong)
        {
            Console.WriteLine($"First wrong answer of {line}: {wrong}");
        }

        return Row.Of(line, result, string.Create(CultureInfo.InvariantCulture, $"p99.9 {result.Milliseconds(99.9):F1} ms, slowest {result.Milliseconds(100):F1} ms"));
    }

    private IEnumerable<int> Seeded(IEnumerable<Place> places) => places.Select(place => (int)place.Number).Where(number => number <= settings.People);

    /// <summary>One in four asks for the top, the others for somewhere else on a board.</summary>
    private static WantedRequest Page(Dictionary<Board, IReadOnlyList<Place>> places, int i)
    {
        var board = (Board)(i / 4 % 4);
        var path = $"/api/leaderboard?timeframe={Name(board)}&limit=20";
        return i % 4 == 0
            ? new WantedRequest(path, null, "\"items\":[{\"rank\":1,")
            : new WantedRequest($"{path}&cursor={LeaderboardListings.CursorOf(board, places[board][i % places[board].Count])}", null, "\"items\":[{\"rank\":");
    }

    private static WantedRequest Rank(int[] people, string[] tokens, int i)
    {
        var who = i % people.Length;
        return new WantedRequest($"/api/leaderboard/me?timeframe={Name((Board)(i % 4))}", tokens[who], $"\"userId\":\"{Crowd.Id(people[who])}\"");
    }

    private static WantedRequest Profile(int[] people, int i)
    {
        var who = people[i % people.Length];
        return new WantedRequest($"/api/users/{Crowd.Username(who)}", null, $"\"id\":\"{Crowd.Id(who)}\"");
    }

    private static (string Key, string Since) Columns(Board board) => board == Board.All ? ("all_key", "all_since") : ($"{Name(board)}_key", "credited_at");

    private static string Name(Board board) => board.ToString().ToLowerInvariant();

    /// <summary>Places all over a board, but for its last page.</summary>
    private async Task<IReadOnlyList<Place>> PlacesAsync(Board board)
    {
        var (key, since) = Columns(board);
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
