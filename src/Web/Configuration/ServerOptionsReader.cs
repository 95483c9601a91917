using System.Net;
using System.Text;
using WildNOut.Actors;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Users.Achievements;
using WildNOut.Web.Limits;

namespace WildNOut.Web.Configuration;

/// <summary>Turns the environment into <see cref="ServerOptions"/>, or says everything that is wrong with it.</summary>
public static class ServerOptionsReader
{
    private const int LeastSecretBytes = 32;

    private static readonly string[] LogLevels = ["verbose", "debug", "information", "warning", "error", "fatal"];
    private static readonly string[] KnownRoles = [Names.Roles.Web, Names.Roles.Entities, Names.Roles.Chain];

    /// <summary>Reads and judges all settings.</summary>
    /// <param name="lookup">Gives the text of a setting by its name in the environment.</param>
    /// <param name="development">Whether the node runs in the Development environment.</param>
    /// <returns>The options, and the faults; the options are usable only when there is no fault.</returns>
    public static (ServerOptions Options, IReadOnlyList<string> Faults) Read(Func<string, string?> lookup, bool development)
    {
        var read = new EnvironmentReader(lookup);
        var demo = read.Flag("DEMO", development);
        var port = read.Number("PORT", 8080, 0, 65_535);
        var chain = ChainOptionsReader.Read(read, development, demo);
        var options = new ServerOptions
        {
            Development = development,
            Host = Host(read, development),
            Port = port,
            ApiPrefix = Prefix(read),
            DatabaseUrl = Database(read, "DATABASE_URL") ?? "sqlite:data/wildnout.db",
            DatabasePoolSize = read.Number("DB_POOL_SIZE", 40, 5, 1_000),
            DatabaseReadPoolSize = read.Number("DB_READ_POOL_SIZE", Math.Clamp(Environment.ProcessorCount, 2, 16), 2, 1_000),
            BallotBoxes = read.Number("BALLOT_BOXES", BallotBoxes.DefaultCount, 1, BallotBoxes.MaxCount),
            JwtSecret = Secret(read, development),
            JwtLifetime = read.Duration("JWT_EXPIRES_IN", TimeSpan.FromHours(24), TimeSpan.FromSeconds(1), TimeSpan.FromDays(365)),
            PublicUrl = PublicUrl(read, development ? $"http://localhost:{port}" : null),
            Clerk = ClerkOptionsReader.Read(read, development),
            CorsOrigins = Origins(read, "CORS_ORIGIN", any: true),
            TrustedProxies = Proxies(read),
            Limits = Limits(read),
            LogLevel = Level(read),
            Demo = demo,
            ClusterHostname = read.Text("CLUSTER_HOSTNAME") ?? "127.0.0.1",
            ClusterPort = read.Number("CLUSTER_PORT", 8110, 0, 65_535),
            ClusterSeeds = Seeds(read),
            ClusterRoles = Roles(read),
            ExtraHocon = Hocon(read),
            AskTimeout = read.Duration("ASK_TIMEOUT", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            Chain = chain,
            ChainId = ChainOptionsReader.ChainId(read, chain),
        };
        JudgeTogether(read, options);
        JudgeAchievements(read, options.ToNode());
        return (options, read.Faults);
    }

    private static void JudgeTogether(EnvironmentReader read, ServerOptions options)
    {
        var self = $"{options.ClusterHostname}:{options.ClusterPort}";
        if (options.Sqlite && options.ClusterSeeds.Any(seed => !string.Equals(seed, self, StringComparison.OrdinalIgnoreCase)))
        {
            read.Fault("CLUSTER_SEEDS", $"names nodes other than this one ({self}), but DATABASE_URL is SQLite, which one process owns alone; use PostgreSQL for a cluster.");
        }

        if (options.Sqlite && !options.ClusterRoles.Contains(Names.Roles.Entities, StringComparer.Ordinal))
        {
            read.Fault("CLUSTER_ROLES", "leaves out 'entities', but with SQLite this node is the only one.");
        }

        if (options.Port != 0 && options.Port == options.ClusterPort)
        {
            read.Fault("CLUSTER_PORT", $"{options.Port} is taken by PORT.");
        }

        if (options.ClusterPort == 0 && options.ClusterSeeds.Count > 0 && options.Sqlite)
        {
            read.Fault("CLUSTER_PORT", "0 (any port) makes no sense together with CLUSTER_SEEDS on SQLite.");
        }
    }

    private static void JudgeAchievements(EnvironmentReader read, NodeOptions node)
    {
        try
        {
            foreach (var fault in AchievementsConf.Read(NodeHocon.Of(node, "achievements")).Faults)
            {
                read.Fault("achievements", fault);
            }
        }
        catch (Exception unreadable)
        {
            // The parser throws whatever it stumbles over.
            read.Fault("WILDNOUT_HOCON", $"is not HOCON: {unreadable.Message}");
        }
    }

    private static IPAddress Host(EnvironmentReader read, bool development)
    {
        var text = read.Text("HOST") ?? (development ? "127.0.0.1" : "0.0.0.0");
        if (string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        read.Fault("HOST", $"'{text}' is not an IP address or 'localhost'.");
        return IPAddress.Loopback;
    }

    private static string Prefix(EnvironmentReader read)
    {
        var text = (read.Text("API_PREFIX") ?? "/api").TrimEnd('/');
        if (text.Length == 0 || (text[0] == '/' && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '/' or '-' or '_' or '.')))
        {
            return text;
        }

        read.Fault("API_PREFIX", $"'{text}' is not a path such as /api.");
        return "/api";
    }

    private static string? Database(EnvironmentReader read, string name)
    {
        var text = read.Text(name);
        if (text is null
            || (text.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) && text.Length > "sqlite:".Length)
            || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "postgresql" or "postgres" && url.Host.Length > 0))
        {
            return text;
        }

        // The value may hold a password, so it is not repeated.
        read.Fault(name, "is neither postgresql://user:password@host/database nor sqlite:path.");
        return null;
    }

    private static string Secret(EnvironmentReader read, bool development)
    {
        var text = read.Text("JWT_SECRET");
        if (text is null && development)
        {
            return ServerOptions.DevelopmentSecret;
        }

        if (text is null)
        {
            read.Fault("JWT_SECRET", "is missing; outside Development it must be set.");
        }
        else if (!development && text == ServerOptions.DevelopmentSecret)
        {
            read.Fault("JWT_SECRET", "is the default of Development, which everybody knows.");
        }
        else if (Encoding.UTF8.GetByteCount(text) < LeastSecretBytes)
        {
            read.Fault("JWT_SECRET", $"is shorter than {LeastSecretBytes} bytes.");
        }

        return text ?? string.Empty;
    }

    private static Uri? PublicUrl(EnvironmentReader read, string? fallback)
    {
        if ((read.Text("PUBLIC_URL") ?? fallback) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { UserInfo: "", Query: "", Fragment: "" })
        {
            return url;
        }

        read.Fault("PUBLIC_URL", $"'{text}' is not an address such as https://example.org.");
        return null;
    }

    /// <summary>A list of origins.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="name">The setting.</param>
    /// <param name="any">Whether <c>*</c> may be among them.</param>
    internal static IReadOnlyList<string> Origins(EnvironmentReader read, string name, bool any)
    {
        var origins = read.List(name);
        foreach (var origin in origins)
        {
            if (!(any && origin == "*") && !(Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/" && !origin.EndsWith('/')))
            {
                read.Fault(name, $"'{origin}' is not an origin such as https://example.org.");
            }
        }

        if (origins.Count > 1 && origins.Contains("*", StringComparer.Ordinal))
        {
            read.Fault("CORS_ORIGIN", "'*' stands for any origin, so it stands alone.");
        }

        return origins;
    }

    private static List<IPNetwork> Proxies(EnvironmentReader read)
    {
        List<IPNetwork> networks = [];
        foreach (var text in read.List("TRUSTED_PROXIES"))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                read.Fault("TRUSTED_PROXIES", $"'{text}' is neither an address nor a network such as 10.0.0.0/8.");
            }
        }

        return networks;
    }

    private static LimitOptions Limits(EnvironmentReader read) => new()
    {
        Max = read.Number("RATE_LIMIT_MAX", 100, 1, 1_000_000_000),
        Window = read.Duration("RATE_LIMIT_WINDOW", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        AuthMax = read.Number("AUTH_RATE_LIMIT_MAX", 5, 1, 1_000_000_000),
        AuthWindow = read.Duration("AUTH_RATE_LIMIT_WINDOW", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
    };

    private static string Level(EnvironmentReader read)
    {
        var level = (read.Text("LOG_LEVEL") ?? "information").ToLowerInvariant();
        level = level switch { "trace" => "verbose", "info" => "information", "warn" => "warning", "critical" => "fatal", _ => level };
        if (!LogLevels.Contains(level, StringComparer.Ordinal))
        {
            read.Fault("LOG_LEVEL", $"'{level}' is none of {string.Join(", ", LogLevels)}.");
        }

        return level;
    }

    private static IReadOnlyList<string> Seeds(EnvironmentReader read)
    {
        var seeds = read.List("CLUSTER_SEEDS");
        foreach (var seed in seeds)
        {
            if (!Uri.TryCreate($"tcp://{seed}", UriKind.Absolute, out var url) || url.Port is <= 0 || url.PathAndQuery is not ("" or "/"))
            {
                read.Fault("CLUSTER_SEEDS", $"'{seed}' is not host:port.");
            }
        }

        return seeds;
    }

    private static string[] Roles(EnvironmentReader read)
    {
        var roles = read.List("CLUSTER_ROLES");
        foreach (var role in roles.Where(role => !KnownRoles.Contains(role, StringComparer.Ordinal)))
        {
            read.Fault("CLUSTER_ROLES", $"'{role}' is none of {string.Join(", ", KnownRoles)}.");
        }

        return roles.Count == 0 ? KnownRoles : [.. roles.Distinct(StringComparer.Ordinal)];
    }

    private static string? Hocon(EnvironmentReader read)
    {
        if (read.Text("WILDNOUT_HOCON") is not { } path)
        {
            return null;
        }

        if (File.Exists(path))
        {
            return File.ReadAllText(path);
        }

        read.Fault("WILDNOUT_HOCON", $"there is no file '{path}'.");
        return null;
    }
}
