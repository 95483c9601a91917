using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class NotificationRoutesTests(ServerFixture server)
{
    private const string List = "/api/notifications";

    [Fact]
    public async Task Who_entered_a_battle_hears_of_it_reads_it_and_hears_live_of_both()
    {
        var token = await OnlyBattlesAsync("notified");
        await using var live = await LiveAsync("notified");
        var entry = await EnterAsync("notified");
        await ModerateAsync(entry, "approve");

        var news = await live.NextAsync("notification");
        var told = news.GetProperty("notification");
        Assert.Equal(("entryModerated", 1), (told.GetProperty("kind").GetString(), news.GetProperty("unread").GetInt32()));
        Assert.Equal((entry, "approved"), (told.GetProperty("data").GetProperty("entryId").GetString(), told.GetProperty("data").GetProperty("status").GetString()));

        var id = told.GetProperty("id").GetString();
        var listed = await UntilAsync(() => server.GetAsync(List, token), list => list.GetProperty("items").GetArrayLength() == 1);
        Assert.Equal(id, listed.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("items")[0].GetProperty("readAt").ValueKind);
        Assert.Equal(1, (await server.GetAsync(List + "/unread", token)).Json.GetProperty("unread").GetInt32());

        var marked = await server.PostAsync(List + "/read", $$"""{"ids":["{{id}}"]}""", token);
        Assert.Equal((200, 0), (marked.Status, marked.Json.GetProperty("unread").GetInt32()));
        Assert.Equal(id, (await live.NextAsync("notification.read")).GetProperty("ids")[0].GetString());
        var seen = ("X-Consistency", marked.Headers["X-Consistency"]);
        Assert.Equal(0, (await server.GetAsync(List + "?unread=true", token, seen)).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await server.GetAsync(List + "?unread=false&limit=5", token, seen)).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await server.GetAsync(List, server.Token("somebody else"), seen)).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_hub_marks_as_read_for_signed_in_users_only()
    {
        await OnlyBattlesAsync("hub-reader");
        await using var live = await LiveAsync("hub-reader");
        await ModerateAsync(await EnterAsync("hub-reader"), "reject");
        var id = (await live.NextAsync("notification")).GetProperty("notification").GetProperty("id").GetString()!;
        Assert.Equal(0, await live.Connection.InvokeAsync<int>("MarkRead", new[] { id }));
        Assert.Equal(0, (await live.NextAsync("notification.read")).GetProperty("unread").GetInt32());
        foreach (var bad in new string[]?[] { [], ["nonsense"], null, [.. Enumerable.Repeat(id, 101)] })
        {
            var refused = await Assert.ThrowsAsync<HubException>(() => live.Connection.InvokeAsync<int>("MarkRead", bad));
            Assert.Contains("validation_error", refused.Message, StringComparison.Ordinal);
        }

        await using var anonymous = await LiveAsync(null);
        var stranger = await Assert.ThrowsAsync<HubException>(() => anonymous.Connection.InvokeAsync<int>("MarkRead", new[] { id }));
        Assert.Contains("unauthorized", stranger.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_is_marked_at_once_and_a_repeat_with_the_same_key_is_the_first_answer()
    {
        var token = await OnlyBattlesAsync("all-reader");
        await ModerateAsync(await EnterAsync("all-reader"), "approve");
        await UntilAsync(() => server.GetAsync(List + "/unread", token), count => count.GetProperty("unread").GetInt32() == 1);
        var first = await server.PostAsync(List + "/read", """{"all":true}""", token, ("Idempotency-Key", "k"));
        Assert.Equal((200, """{"unread":0}"""), (first.Status, first.Body));
        await ModerateAsync(await EnterAsync("all-reader"), "approve");
        await UntilAsync(() => server.GetAsync(List + "/unread", token), count => count.GetProperty("unread").GetInt32() == 1);
        Assert.Equal(first.Body, (await server.PostAsync(List + "/read", """{"all":true}""", token, ("Idempotency-Key", "k"))).Body);
        Assert.Equal(1, (await server.GetAsync(List + "/unread", token)).Json.GetProperty("unread").GetInt32());
        (await server.PostAsync(List + "/read", $$"""{"ids":["{{Guid.NewGuid()}}"]}""", token, ("Idempotency-Key", "k"))).AssertProblem(409, "idempotency_mismatch");
    }

    [Fact]
    public async Task A_kind_that_is_switched_off_does_not_come()
    {
        var token = server.Token("choosy");
        var all = (await server.GetAsync(List + "/preferences", token)).Json.GetProperty("kinds");
        Assert.Contains("entryModerated", all.EnumerateObject().Select(kind => kind.Name));
        Assert.All(all.EnumerateObject(), kind => Assert.True(kind.Value.GetBoolean()));
        var set = await server.SendAsync(HttpMethod.Put, List + "/preferences", """{"kinds":{"entryModerated":false,"battleCompleted":true,"achievementEarned":false,"levelUp":false}}""", token);
        Assert.Equal(200, set.Status);
        Assert.Equal(["entryModerated", "achievementEarned", "levelUp"], set.Json.GetProperty("kinds").EnumerateObject().Where(kind => !kind.Value.GetBoolean()).Select(kind => kind.Name));
        Assert.Equal(set.Body, (await server.GetAsync(List + "/preferences", token)).Body);

        await using var live = await LiveAsync("choosy");
        var battle = (await server.CreateBattleAsync("choosy-host")).GetProperty("id").GetString()!;
        await ModerateAsync(await EnterAsync("choosy", battle), "approve");
        foreach (var status in new[] { "voting", "completed" })
        {
            Assert.InRange((await server.PostAsync($"/api/battles/{battle}/status", $$"""{"status":"{{status}}"}""", server.Token("choosy-host"))).Status, 200, 202);
        }

        Assert.Equal("battleCompleted", (await live.NextAsync("notification")).GetProperty("notification").GetProperty("kind").GetString());
        Assert.Equal(1, (await server.GetAsync(List + "/unread", token)).Json.GetProperty("unread").GetInt32());
    }

    [Theory]
    [InlineData("POST", "/read", "{}", "ids")]
    [InlineData("POST", "/read", """{"all":false}""", "ids")]
    [InlineData("POST", "/read", """{"ids":[]}""", "ids")]
    [InlineData("POST", "/read", """{"ids":["x"]}""", "ids[0]")]
    [InlineData("POST", "/read", """{"ids":["01938a5c-7d2e-7bb3-a3f0-5d0c1c8f2e11"],"all":true}""", "ids")]
    [InlineData("PUT", "/preferences", "{}", "kinds")]
    [InlineData("PUT", "/preferences", """{"kinds":{"EntryModerated":true}}""", "kinds.EntryModerated")]
    [InlineData("PUT", "/preferences", """{"kinds":{"entryModerated":"no"}}""", "kinds.entryModerated")]
    [InlineData("GET", "?unread=1", null, "unread")]
    [InlineData("GET", "?limit=0", null, "limit")]
    [InlineData("GET", "?cursor=x", null, "cursor")]
    public async Task Bad_input_is_refused_by_field(string method, string path, string? body, string field)
    {
        var refused = await server.SendAsync(new HttpMethod(method), List + path, body, server.Token("bad"));
        Assert.Contains(field, refused.AssertProblem(400, "validation_error").Keys);
    }

    /// <summary>Who enters earns something by it, too: these tests do without that news.</summary>
    private async Task<string> OnlyBattlesAsync(string user)
    {
        var token = server.Token(user);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Put, List + "/preferences", """{"kinds":{"achievementEarned":false,"levelUp":false}}""", token)).Status);
        return token;
    }

    private async Task<string> EnterAsync(string user, string? battle = null)
    {
        battle ??= (await server.CreateBattleAsync("host")).GetProperty("id").GetString();
        var entry = await server.PostAsync($"/api/battles/{battle}/entries", """{"content":{"type":"text","text":"bars"}}""", server.Token(user));
        Assert.Equal(201, entry.Status);
        return entry.Json.GetProperty("id").GetString()!;
    }

    private async Task ModerateAsync(string entry, string action) => Assert.Equal(
        200, (await server.PostAsync($"/api/moderation/entry/{entry}", $$"""{"action":"{{action}}","reason":"because"}""", server.Token("mod", Role.Moderator))).Status);

    private static async Task<JsonElement> UntilAsync(Func<Task<Response>> read, Func<JsonElement, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var response = await read(); ; response = await read())
        {
            if (response.Status == 200 && holds(response.Json))
            {
                return response.Json;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    private async Task<Live> LiveAsync(string? user)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Client.BaseAddress!, "/hubs/arena"), options => options.AccessTokenProvider = user is null ? null : () => Task.FromResult<string?>(server.Token(user)))
            .Build();
        var live = new Live(connection);
        await connection.StartAsync();
        if (user is not null)
        {
            await connection.InvokeAsync<JsonElement>("Subscribe", $"user:{user}", (long?)null);
        }

        return live;
    }

    /// <summary>A client that keeps what it hears.</summary>
    private sealed class Live : IAsyncDisposable
    {
        private readonly ConcurrentQueue<JsonElement> _heard = new();
        private readonly SemaphoreSlim _more = new(0);

        public Live(HubConnection connection)
        {
            Connection = connection;
            connection.On<JsonElement>("Event", message =>
            {
                _heard.Enqueue(message);
                _more.Release();
            });
        }

        public HubConnection Connection { get; }

        /// <summary>The data of the next message of a type; the channel has others too.</summary>
        public async Task<JsonElement> NextAsync(string type)
        {
            while (true)
            {
                Assert.True(await _more.WaitAsync(TimeSpan.FromSeconds(30)), $"No {type} came.");
                Assert.True(_heard.TryDequeue(out var message));
                if (message.GetProperty("type").GetString() == type)
                {
                    return message.GetProperty("data");
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Connection.DisposeAsync();
            _more.Dispose();
        }
    }
}
