using WildNOut.Web.Limits;

namespace WildNOut.Web.Tests.Limits;

/// <summary>A node with the limits that it has when nobody says otherwise, behind proxies, for a front end on another origin.</summary>
public sealed class EdgeFixture : ServerFixture
{
    public const string FrontEnd = "https://app.example";

    /// <summary>How long a new caller's window goes on at least: longer than a test counts.</summary>
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(20);

    private readonly CountTable _windows = new(max: 1, (long)new LimitOptions().Window.TotalMilliseconds);
    private int _callers;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["RATE_LIMIT_MAX"] = "100",
        ["AUTH_RATE_LIMIT_MAX"] = "5",
        ["TRUSTED_PROXIES"] = "127.0.0.1, 10.1.0.0/16",
        ["CORS_ORIGIN"] = $"{FrontEnd},https://admin.example",
    };

    /// <summary>An address of a client that nobody else has, as the proxy tells it.</summary>
    public (string Name, string Value) NewClient() => ForwardedFor(NewCaller(number => $"172.20.{number / 250}.{number % 250 + 1}"));

    /// <summary>A user whom nobody else is.</summary>
    public string NewUser() => NewCaller(number => $"caller-{number}");

    /// <summary>A network of IPv6 addresses that nobody else has, such as <c>2001:db8:1:7::</c>.</summary>
    public string NewNetwork() => NewCaller(number => $"2001:db8:1:{number:x}::/64")[..^"/64".Length];

    /// <summary>What a proxy says of where a request came from.</summary>
    public static (string Name, string Value) ForwardedFor(string addresses) => ("X-Forwarded-For", addresses);

    /// <summary>A caller that is counted for the first time, whose window does not end while a test counts: those of others begin at other times.</summary>
    /// <param name="textOf">The text that a number's caller is counted by.</param>
    private string NewCaller(Func<int, string> textOf)
    {
        while (true)
        {
            var text = textOf(Interlocked.Increment(ref _callers));
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            if (_windows.Take(new CallerKey(text, IsUser: false), now, unasked: 1).Ends - now > Time.TotalMilliseconds)
            {
                return text;
            }
        }
    }
}

[CollectionDefinition(Name)]
public sealed class OneEdge : ICollectionFixture<EdgeFixture>
{
    public const string Name = "one edge";
}
