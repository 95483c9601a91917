using WildNOut.Benchmarks.Limits;
using WildNOut.Benchmarks.Load;
using WildNOut.Benchmarks.People;
using WildNOut.Benchmarks.Reporting;
using WildNOut.Benchmarks.Scenarios;
using WildNOut.Testing.Nodes;

namespace WildNOut.Benchmarks;

/// <summary>The load generator: <see cref="Settings.Usage"/>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is [PlainServer.Argument])
        {
            await PlainServer.Serve();
            return 0;
        }

        Settings settings;
        try
        {
            settings = Settings.Read(arguments);
        }
        catch (FormatException fault)
        {
            Console.Error.WriteLine($"{fault.Message}\n\n{Settings.Usage}");
            return 2;
        }

        if (settings.Lines is ["seed-people"])
        {
            await Seed(settings.Database ?? throw new InvalidOperationException("seed-people wants --database."), settings);
            return 0;
        }

        var report = new Report(settings, arguments);
        if (settings.Lines.Contains("decode"))
        {
            new DecodeScenario(settings).Run(report);
        }

        if (settings.Lines.Contains("ingest"))
        {
            await new IngestScenario(settings).Run(report);
        }

        if (settings.Lines.Contains("people"))
        {
            await using var arena = await Arena.Start(databaseUrl: settings.Database, prepare: url => Seed(url, settings));
            await new PeopleScenario(arena, settings).Run(report);
        }

        if (settings.Lines.Any(line => line is not ("decode" or "ingest" or "people")))
        {
            await MeasureServer(report, settings);
        }

        report.Write();
        return 0;
    }

    private static Task Seed(string url, Settings settings) => new PeopleSeed(url, settings.People, settings.Changes).RunAsync();

    private static async Task MeasureServer(Report report, Settings settings)
    {
        await using var arena = settings.Url is { } url
            ? Arena.At(url, settings.Secret ?? throw new InvalidOperationException("--url wants --secret."), settings.ServerProcessId)
            : await Arena.Start();
        if (settings.Url is null && settings.Settle > TimeSpan.Zero)
        {
            await Measure("votes-hot-512", arena, settings.Settling());
        }

        foreach (var line in settings.Lines.Where(line => line is not ("decode" or "ingest" or "people" or "fanout" or "inserts")).RepeatAll(settings.Rounds))
        {
            report.Add(await Measure(line, arena, settings));
        }

        if (settings.Lines.Contains("inserts") && arena.Database is { } database)
        {
            await arena.RestAsync();
            await new RawInserts(database, arena.Meter, settings).Run(report);
        }

        if (settings.Lines.Contains("fanout"))
        {
            await arena.RestAsync();
            await new FanOutScenario(arena, settings).Run(report);
        }
    }

    private static async Task<Row> Measure(string line, Arena arena, Settings settings)
    {
        var votes = new VoteScenario(arena, settings);
        var reads = new ReadScenario(arena, settings);
        return line switch
        {
            "votes-hot-512" => await votes.Run(line, 512, 1),
            "votes-hot-64" => await votes.Run(line, 64, 1),
            "votes-spread-512" => await votes.Run(line, 512, 1_000),
            "votes-spread-64" => await votes.Run(line, 64, 1_000),
            "profile" => await votes.Run(line, settings.Connections, settings.Battles),
            "plain-512" => await Plain(line, arena, votes, 512),
            "plain-64" => await Plain(line, arena, votes, 64),
            "battle-64" => await reads.Battle(line, 64),
            "battle-256" => await reads.Battle(line, 256),
            "lists-64" => await reads.Lists(line, 64),
            _ => throw new InvalidOperationException($"There is no scenario '{line}'.\n\n{Settings.Usage}"),
        };
    }

    private static async Task<Row> Plain(string line, Arena arena, VoteScenario votes, int connections)
    {
        await using NodeProcess plain = PlainServer.Node(arena.Secret);
        await plain.StartAndWait();
        return votes.RunPlain(line, plain.Url, new CpuMeter(plain.ProcessId, arena.DatabaseProcessId), connections);
    }

    private static IEnumerable<string> RepeatAll(this IEnumerable<string> lines, int rounds) => Enumerable.Repeat(lines.ToArray(), rounds).SelectMany(round => round);
}
