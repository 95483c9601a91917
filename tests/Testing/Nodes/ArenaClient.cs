using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace WildNOut.Testing.Nodes;

/// <summary>The REST calls that tests of whole servers need, against one or several nodes.</summary>
/// <param name="tokens">Makes the callers' tokens.</param>
/// <param name="timeout">How long an answer may take before the call counts as unanswered.</param>
public sealed class ArenaClient(AccessTokens tokens, TimeSpan timeout) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = timeout };

    /// <summary>Opens a battle that takes entries from now on.</summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> CreateActiveBattle(Uri node, string creator, DateTimeOffset? end = null, DateTimeOffset? votingEnd = null)
    {
        var now = DateTimeOffset.UtcNow;
        var battle = await Create(node, "/api/battles", creator, new
        {
            title = "A hot battle",
            description = "Made by a test.",
            type = "wildStyle",
            startTime = now.AddSeconds(-5),
            endTime = end ?? now.AddHours(2),
            votingEndTime = votingEnd ?? now.AddHours(4),
        });
        return battle.GetProperty("id").GetGuid();
    }

    /// <summary>Enters a battle.</summary>
    /// <returns>The entry's id.</returns>
    public async Task<Guid> SubmitEntry(Uri node, Guid battle, string user)
    {
        var entry = await Create(node, $"/api/battles/{battle}/entries", user, new { content = new { type = "text", text = $"Bars by {user}" } });
        return entry.GetProperty("id").GetGuid();
    }

    /// <summary>Opens a battle with entries that takes votes from now on.</summary>
    public async Task<VotingBattle> CreateVotingBattle(Uri node, string creator, int entries)
    {
        var id = await CreateActiveBattle(node, creator);
        var entryIds = new Guid[entries];
        for (var i = 0; i < entries; i++)
        {
            entryIds[i] = await SubmitEntry(node, id, $"{creator}-contender-{i}");
        }

        await Move(node, id, creator, "voting");
        return new VotingBattle(id, creator, entryIds);
    }

    /// <summary>Moves a battle along its arrows by hand.</summary>
    public async Task Move(Uri node, Guid battle, string creator, string status)
    {
        // 202: the votes are still being counted.
        using var answer = await PostUntilKnown(node, $"/api/battles/{battle}/status", creator, new { status });
        await Demand(answer, answer.StatusCode == HttpStatusCode.Accepted ? HttpStatusCode.Accepted : HttpStatusCode.OK);
    }

    /// <summary>Approves an entry as a moderator.</summary>
    public async Task Approve(Uri node, Guid entry, string moderator)
    {
        using var answer = await Post(node, $"/api/moderation/entry/{entry}", moderator, new { action = "approve" }, role: "moderator");
        await Demand(answer, HttpStatusCode.OK);
    }

    /// <summary>A battle's present tally.</summary>
    public Task<TallyShape> Tally(Uri node, Guid battle) => Get<TallyShape>(node, $"/api/battles/{battle}/tally");

    /// <summary>A battle's status.</summary>
    public async Task<string> Status(Uri node, Guid battle) =>
        (await Get<JsonElement>(node, $"/api/battles/{battle}")).GetProperty("status").GetString()!;

    /// <summary>A battle's results, once it is completed.</summary>
    public async Task<ResultsShape> Results(Uri node, Guid battle, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            using var answer = await _http.GetAsync(new Uri(node, $"/api/battles/{battle}/results"), limit.Token);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return (await answer.Content.ReadFromJsonAsync<ResultsShape>(limit.Token))!;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    /// <summary>Casts a vote once; never throws for want of an answer.</summary>
    public async Task<VoteAnswer> Vote(Uri node, Guid battle, Guid entry, string voter, string? idempotencyKey = null)
    {
        try
        {
            using var answer = await Post(node, $"/api/battles/{battle}/votes", voter, new { entryId = entry }, idempotencyKey);
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                return new VoteAnswer(answer.StatusCode, ErrorCode(body), body);
            }

            using var vote = JsonDocument.Parse(body);
            var echo = vote.RootElement;
            return echo.GetProperty("battleId").GetGuid() == battle && echo.GetProperty("entryId").GetGuid() == entry && echo.GetProperty("value").GetInt32() == 1
                ? new VoteAnswer(answer.StatusCode, null, body)
                : throw new InvalidOperationException($"The receipt is another vote's: {body}");
        }
        catch (Exception noAnswer) when (noAnswer is HttpRequestException or TaskCanceledException)
        {
            return new VoteAnswer(null, noAnswer is TaskCanceledException ? "timeout" : "connection", noAnswer.Message);
        }
    }

    /// <summary>Sends anything as a user, again while the answer is 503 or none: for what is safe to repeat.</summary>
    /// <returns>The status and the body.</returns>
    public async Task<(HttpStatusCode Status, string Body)> SendUntilKnown(Uri node, HttpMethod method, string path, string user, object? body = null)
    {
        var patience = Environment.TickCount64 + 60_000;
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(node, path)) { Content = body is null ? null : JsonContent.Create(body) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.For(user));
                using var answer = await _http.SendAsync(request);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || Environment.TickCount64 > patience)
                {
                    return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
                }
            }
            catch (Exception noAnswer) when (noAnswer is HttpRequestException or TaskCanceledException && Environment.TickCount64 < patience)
            {
                // The node is away, or was when it should have answered.
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Reads a thing.</summary>
    public async Task<T> Get<T>(Uri node, string path)
    {
        using var answer = await _http.GetAsync(new Uri(node, path));
        await Demand(answer, HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string? ErrorCode(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.GetProperty("error").GetProperty("code").GetString();
        }
        catch (Exception foreign) when (foreign is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task Demand(HttpResponseMessage answer, HttpStatusCode status)
    {
        if (answer.StatusCode != status)
        {
            throw new InvalidOperationException(
                $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri} gave {(int)answer.StatusCode} instead of {(int)status}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private async Task<JsonElement> Create(Uri node, string path, string user, object body)
    {
        using var answer = await PostUntilKnown(node, path, user, body);
        await Demand(answer, HttpStatusCode.Created);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Repeats under one key while the answer is 503, as the answer itself advises.</summary>
    private async Task<HttpResponseMessage> PostUntilKnown(Uri node, string path, string user, object body)
    {
        var key = Guid.NewGuid().ToString();
        var patience = Environment.TickCount64 + 30_000;
        while (true)
        {
            var answer = await Post(node, path, user, body, key);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || Environment.TickCount64 > patience)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(100);
        }
    }

    private async Task<HttpResponseMessage> Post(Uri node, string path, string user, object body, string? idempotencyKey = null, string? role = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, path)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.For(user, role));
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await _http.SendAsync(request);
    }
}
