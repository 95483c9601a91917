namespace WildNOut.Web.Tests.Limits;

/// <summary>A node with the limits that it has when nobody says otherwise, behind proxies, for a front end on another origin.</summary>
public sealed class EdgeFixture : ServerFixture
{
    public const string FrontEnd = "https://app.example";

    private int _clients;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["RATE_LIMIT_MAX"] = "100",
        ["AUTH_RATE_LIMIT_MAX"] = "5",
        ["TRUSTED_PROXIES"] = "127.0.0.1, 10.1.0.0/16",
        ["CORS_ORIGIN"] = $"{FrontEnd},https://admin.example",
    };

    /// <summary>An address of a client that nobody else has, as the proxy tells it.</summary>
    public (string Name, string Value) NewClient()
    {
        var number = Interlocked.Increment(ref _clients);
        return ("X-Forwarded-For", $"172.20.{number / 250}.{number % 250 + 1}");
    }
}

[CollectionDefinition(Name)]
public sealed class OneEdge : ICollectionFixture<EdgeFixture>
{
    public const string Name = "one edge";
}
