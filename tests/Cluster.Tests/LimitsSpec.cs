using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Xunit;
using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>Three nodes on which battles may be read 100 times a minute.</summary>
public sealed class LimitedCluster : IAsyncLifetime
{
    /// <summary>The limit of battles: twice the setting.</summary>
    public const int Limit = 100;

    public TestCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await TestCluster.Start(rateLimit: Limit / 2);

    public Task DisposeAsync() => Cluster.DisposeAsync().AsTask();
}

/// <summary>A limit is one of the cluster, not of each node.</summary>
[Collection(ClusterCollection.Name)]
public sealed partial class LimitsSpec(LimitedCluster limited, ITestOutputHelper output) : IClassFixture<LimitedCluster>, IDisposable
{
    private const int Limit = LimitedCluster.Limit;
    private const int Requests = 900;

    private readonly Figures _figures = new(output);
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    private TestCluster Cluster => limited.Cluster;

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(1, 2)]
    [InlineData(2)]
    public async Task A_caller_at_full_speed_gets_the_limit_within_two_percent_from_all_nodes_together(params int[] doors)
    {
        var caller = await CallerWithTime(doors[0]);
        var answers = await Flood(caller, doors);
        // One was taken to learn when the window ends.
        var admitted = 1 + Admitted(answers);
        _figures.Print($"limits: {admitted} of {Requests + 1} requests at full speed through {doors.Length} node(s) went through a limit of {Limit} a minute");
        Assert.InRange(admitted, 98, 102);
        Assert.All(answers, AssertHeaders);
    }

    [Fact]
    public async Task A_node_that_dies_neither_lifts_the_limit_nor_breaks_an_answer()
    {
        var dead = Cluster.Nodes[2];
        var killed = dead.Kill();
        for (var number = 0; number < 4; number++)
        {
            // While nobody knows what the dead node has given out, or an owner is gone with it: at least each node's own part, at most the limit.
            var answers = await Flood(await CallerWithTime(0), [0, 1]);
            Assert.InRange(1 + Admitted(answers), 2 * (Limit / 3) - 2, 102);
            Assert.All(answers, AssertHeaders);
        }

        await killed;
        await Eventually.Holds(
            "the limit is whole again", async () => 1 + Admitted(await Flood(await CallerWithTime(0), [0, 1])) is >= 98 and <= 102, TimeSpan.FromSeconds(60));
        await dead.StartAndWait();
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private static int Admitted(IEnumerable<Answer> answers) => answers.Count(answer => answer.Status == HttpStatusCode.OK);

    /// <summary>A user whose window goes on for a while; windows begin at other times for other callers.</summary>
    private async Task<string> CallerWithTime(int door)
    {
        while (true)
        {
            var caller = $"caller-{Guid.NewGuid():N}";
            var answer = await Ask(caller, door);
            if (answer is { Status: HttpStatusCode.OK, Seconds: > 45 })
            {
                return caller;
            }
        }
    }

    private async Task<Answer[]> Flood(string caller, int[] doors)
    {
        var answers = new Answer[Requests];
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 48 }, async (number, _) =>
            answers[number] = await Ask(caller, doors[number % doors.Length]));
        return answers;
    }

    private async Task<Answer> Ask(string caller, int door)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Cluster.Nodes[door].Url, "/api/battles?limit=1"));
        request.Headers.Authorization = new("Bearer", Cluster.Tokens.For(caller));
        using var response = await _client.SendAsync(request);
        string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
        var left = RateLimit().Match(Header("RateLimit") ?? "");
        return new Answer(
            response.StatusCode,
            Header("RateLimit-Policy"),
            left.Success ? int.Parse(left.Groups[1].Value, CultureInfo.InvariantCulture) : -1,
            left.Success ? int.Parse(left.Groups[2].Value, CultureInfo.InvariantCulture) : -1,
            Header("Retry-After"));
    }

    private static void AssertHeaders(Answer answer)
    {
        Assert.Equal($"\"battles\";q={Limit};w=60", answer.Policy);
        Assert.InRange(answer.Seconds, 1, 60);
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{answer.Status}");
        var refused = answer.Status == HttpStatusCode.TooManyRequests;
        Assert.InRange(answer.Left, 0, refused ? 0 : Limit - 1);
        Assert.Equal(refused ? answer.Seconds.ToString(CultureInfo.InvariantCulture) : null, answer.RetryAfter);
    }

    [GeneratedRegex("^\"battles\";r=(\\d+);t=(\\d+)$")]
    private static partial Regex RateLimit();

    private sealed record Answer(HttpStatusCode Status, string? Policy, int Left, int Seconds, string? RetryAfter);
}
