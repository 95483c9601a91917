using System.Globalization;

namespace WildNOut.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        dotnet run -c Release --project tests/Benchmarks -- <scenario>… [options]

        Scenarios: all, decode, ingest, votes, reads, fanout, people, profile, and single lines:
          decode                                                        transactions of the chain into movements, without a server
          ingest                                                        a chain's history and then its life, from blocks to the read model
          votes-hot-512 votes-hot-64 votes-spread-512 votes-spread-64   acknowledged durable votes
          battle-64 battle-256 lists-64                                 reads
          plain-512 plain-64 inserts                                    the machine's own limits
          fanout                                                        2,000 SignalR clients on one battle
          people                                                        boards, ranks and profiles of a million people at 500 requests a second
          seed-people                                                   only fills the empty database of --database with them, in some minutes
          profile                                                       one vote line against a server that runs already
        Options:
          --seconds N      measured window (15)          --warmup N       before each window (5)
          --settle N       load on a fresh server before the first window, until its code is compiled for good (40)
          --rounds N       windows of each line (2)      --out FILE       the table as Markdown
          --clients N      SignalR clients (2000)        --official N     of them the official .NET client (100)
          --database URL   people: a database that is filled already, or is to be filled; without it people starts and fills one
          --people N --changes N   people: how many, and how many changes of their points (1000000, 10000000)
          --url URL --secret SECRET [--server-pid PID]   profile: the running server
          --connections N --battles N                    profile: the load (512, 1)
          --history N      ingest: transactions there at the start (200000)
          --rate N         ingest: transactions a second afterwards (1000)
        """;

    /// <summary>The lines to run, in order.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    /// <summary>The measured window.</summary>
    public TimeSpan Window { get; private init; } = TimeSpan.FromSeconds(15);

    /// <summary>What runs before each window.</summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>Votes on a fresh server before anything is measured: the runtime compiles hot code anew for about that long.</summary>
    public TimeSpan Settle { get; private init; } = TimeSpan.FromSeconds(40);

    /// <summary>How many windows each line gets.</summary>
    public int Rounds { get; private init; } = 2;

    /// <summary>The file for the table; null for none.</summary>
    public string? Out { get; private init; }

    /// <summary>SignalR clients of the fan-out.</summary>
    public int Clients { get; private init; } = 2_000;

    /// <summary>How many of them are the official .NET client.</summary>
    public int Official { get; private init; } = 100;

    /// <summary>The database of the people; null for one of their own.</summary>
    public string? Database { get; private init; }

    /// <summary>How many people.</summary>
    public int People { get; private init; } = 1_000_000;

    /// <summary>How many changes of their points.</summary>
    public int Changes { get; private init; } = 10_000_000;

    /// <summary>A server that runs already.</summary>
    public Uri? Url { get; private init; }

    /// <summary>Its token secret.</summary>
    public string? Secret { get; private init; }

    /// <summary>Its process id, for the processor shares.</summary>
    public int? ServerProcessId { get; private init; }

    /// <summary>Connections of the profile line.</summary>
    public int Connections { get; private init; } = 512;

    /// <summary>Battles of the profile line.</summary>
    public int Battles { get; private init; } = 1;

    /// <summary>Transactions that the chain of the ingest has at the start.</summary>
    public int History { get; private init; } = 200_000;

    /// <summary>Transactions a second of that chain afterwards.</summary>
    public int Rate { get; private init; } = 1_000;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It makes no sense; the message says why.</exception>
    public static Settings Read(IReadOnlyList<string> arguments)
    {
        var settings = new Settings();
        List<string> lines = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                lines.AddRange(Expand(argument));
                continue;
            }

            var value = ++i < arguments.Count ? arguments[i] : throw new FormatException($"{argument} wants a value.");
            settings = argument switch
            {
                "--seconds" => settings with { Window = TimeSpan.FromSeconds(Number(value)) },
                "--warmup" => settings with { WarmUp = TimeSpan.FromSeconds(Number(value)) },
                "--settle" => settings with { Settle = TimeSpan.FromSeconds(Number(value)) },
                "--rounds" => settings with { Rounds = Number(value) },
                "--out" => settings with { Out = Path.GetFullPath(value) },
                "--clients" => settings with { Clients = Number(value) },
                "--official" => settings with { Official = Number(value) },
                "--database" => settings with { Database = value },
                "--people" => settings with { People = Number(value) },
                "--changes" => settings with { Changes = Number(value) },
                "--url" => settings with { Url = new Uri(value) },
                "--secret" => settings with { Secret = value },
                "--server-pid" => settings with { ServerProcessId = Number(value) },
                "--connections" => settings with { Connections = Number(value) },
                "--battles" => settings with { Battles = Number(value) },
                "--history" => settings with { History = Number(value) },
                "--rate" => settings with { Rate = Number(value) },
                _ => throw new FormatException($"{argument} is not an option."),
            };
        }

        return lines.Count == 0 ? throw new FormatException("No scenario is named.") : settings with { Lines = [.. lines.Distinct()] };
    }

    /// <summary>The window in which a fresh server settles.</summary>
    public Settings Settling() => this with { WarmUp = TimeSpan.Zero, Window = Settle };

    private static IEnumerable<string> Expand(string scenario) => scenario switch
    {
        "votes" => ["votes-hot-512", "plain-512", "votes-spread-512", "votes-hot-64", "plain-64", "votes-spread-64", "inserts"],
        "reads" => ["battle-64", "battle-256", "lists-64"],
        "all" => ["decode", "ingest", .. Expand("votes"), .. Expand("reads"), "fanout"],
        _ => [scenario],
    };

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{text}' is not a number.");
}
