using System.Globalization;
using System.Net;
using System.Text.Json;
using WildNOut.Web.Realtime;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class TokenEventStreamTests(TokenNode node) : IClassFixture<TokenNode>
{
    [Fact]
    public async Task Every_line_comes_once_and_in_order_across_disconnects()
    {
        var script = await FeedScript.BeginAsync(node);
        var going = script.GoAsync(steps: 40, movements: 12);
        var seen = new List<ExpectedLine>();
        var last = script.Start.ToString(CultureInfo.InvariantCulture);
        for (var connection = 0; !HasAll(); connection++)
        {
            // Comes and goes; as a browser does, it asks for the same address each time and names what it saw last.
            await using var stream = await node.StreamAsync($"?afterPosition={script.Start}", last);
            for (var taken = 0; taken < 1 + connection * 7 % 60 && !HasAll(); taken++)
            {
                seen.Add(Read((await stream.NextAsync())!.Value));
                last = stream.LastEventId;
            }
        }

        await going;
        Assert.Equal(script.Lines, seen);

        bool HasAll() => seen.Count > 0 && seen[^1].Signature == script.End;
    }

    [Fact]
    public async Task A_stream_without_a_position_begins_now_and_a_browser_that_saw_nothing_yet_knows_where()
    {
        var script = await FeedScript.BeginAsync(node);
        await script.RecordAsync(3);
        await Eventually.Is(async () => await node.Tail.NewestAsync(default) == script.Lines[^1].Position);
        await using (var first = await node.StreamAsync())
        {
            Assert.Equal("text/event-stream", first.Response.Content.Headers.ContentType!.MediaType);
            var next = first.NextAsync();
            await script.RecordAsync(1);
            Assert.Equal(script.Lines[3], Read((await next)!.Value));
            Assert.Equal(script.Lines[3].Position.ToString(CultureInfo.InvariantCulture), first.LastEventId);
        }

        await using var raw = await node.StreamAsync();
        using var text = new StreamReader(await raw.Response.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 2000", await text.ReadLineAsync());
        Assert.Equal(":", await text.ReadLineAsync());
        Assert.Equal($"id: {script.Lines[3].Position}", await text.ReadLineAsync());
        Assert.Equal("", await text.ReadLineAsync());
    }

    [Fact]
    public async Task A_wallet_sees_what_touches_it_and_finality()
    {
        var script = await FeedScript.BeginAsync(node);
        await using var stream = await node.StreamAsync($"?wallet={FeedScript.Ann}&afterPosition={script.Start}");
        await script.RecordAsync(3);
        await script.WithdrawAsync();
        await script.RecordAsync(3);
        await script.FinalizeAsync();

        // The second of each three goes from Bob to Cid.
        var wanted = script.Lines.Where((line, i) => i is not (1 or 4 or 7)).ToList();
        foreach (var line in wanted)
        {
            Assert.Equal(line, Read((await stream.NextAsync())!.Value));
        }
    }

    [Fact]
    public async Task A_client_that_stops_reading_holds_up_neither_the_feed_nor_other_clients_and_resumes()
    {
        var script = await FeedScript.BeginAsync(node);
        await using var slow = await node.NarrowStreamAsync($"?afterPosition={script.Start}");
        await using var fast = await node.StreamAsync($"?afterPosition={script.Start}");
        for (var block = 0; block < 40; block++)
        {
            await script.RecordAsync(400);
        }

        foreach (var line in script.Lines)
        {
            Assert.Equal(line, Read((await fast.NextAsync())!.Value));
        }

        Assert.Equal(script.Lines, await AllAsync(slow, script));
    }

    [Theory]
    [InlineData("?wallet=nobody", null, "wallet")]
    [InlineData("?afterPosition=-1", null, "afterPosition")]
    [InlineData("?afterPosition=x", null, "afterPosition")]
    [InlineData("", "x", "Last-Event-ID")]
    public async Task A_stream_that_cannot_be_is_refused(string query, string? lastEventId, string field)
    {
        await using var stream = await node.StreamAsync(query, lastEventId);
        Assert.Equal(HttpStatusCode.BadRequest, stream.Response.StatusCode);
        var error = JsonDocument.Parse(await stream.Response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal("validation_error", error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("details").GetProperty(field).GetString()!);
    }

    [Fact]
    public async Task A_user_has_so_many_streams_and_hears_429_beyond_that_until_one_ends()
    {
        const string User = "streamer";
        List<EventStream> streams = [];
        while (streams.Count < StreamSeats.AUser)
        {
            streams.Add(await node.StreamAsync(user: User));
            Assert.Equal(HttpStatusCode.OK, streams[^1].Response.StatusCode);
        }

        await using (var refused = await node.StreamAsync(user: User))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.Response.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(10), refused.Response.Headers.RetryAfter!.Delta);
            var error = JsonDocument.Parse(await refused.Response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
            Assert.Equal("too_many_streams", error.GetProperty("code").GetString());
        }

        await using (var another = await node.StreamAsync(user: "another"))
        {
            Assert.Equal(HttpStatusCode.OK, another.Response.StatusCode);
        }

        await streams[0].DisposeAsync();
        await Eventually.Is(async () =>
        {
            await using var again = await node.StreamAsync(user: User);
            return again.Response.StatusCode == HttpStatusCode.OK;
        });
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Nothing_is_read_when_nobody_follows()
    {
        await using (await node.StreamAsync())
        {
            await Eventually.Is(() => Task.FromResult(node.Fanout.Find("token") is not null));
        }

        await Eventually.Is(() => Task.FromResult(node.Tail.Followers == 0 && node.Fanout.Find("token") is null));
    }

    /// <summary>Reads on, and comes back where the server has given up on it meanwhile.</summary>
    private async Task<List<ExpectedLine>> AllAsync(EventStream stream, FeedScript script)
    {
        var seen = new List<ExpectedLine>();
        try
        {
            while (seen.Count < script.Lines.Count && await stream.NextAsync() is { } item)
            {
                seen.Add(Read(item));
            }
        }
        catch (IOException)
        {
            Assert.NotEmpty(seen);
        }

        if (seen.Count < script.Lines.Count)
        {
            await using var again = await node.StreamAsync(lastEventId: stream.LastEventId);
            while (seen.Count < script.Lines.Count)
            {
                seen.Add(Read((await again.NextAsync())!.Value));
            }
        }

        return seen;
    }

    internal static ExpectedLine Read(System.Net.ServerSentEvents.SseItem<string> item)
    {
        var data = JsonDocument.Parse(item.Data).RootElement;
        Assert.Equal(item.EventId, data.GetProperty("position").GetInt64().ToString(CultureInfo.InvariantCulture));
        return new ExpectedLine(
            data.GetProperty("position").GetInt64(), item.EventType, data.TryGetProperty("signature", out var signature) ? signature.GetString() : null);
    }
}

/// <summary>A node of its own, because it is stopped.</summary>
public sealed class TokenNodeLeavesTests
{
    [Fact]
    public async Task A_node_that_leaves_ends_its_streams()
    {
        var node = new TokenNode();
        await node.InitializeAsync();
        try
        {
            await node.AskAsync(new Actors.Token.GetFeed(TokenNode.Mint));
            await using var stream = await node.StreamAsync();
            var next = stream.NextAsync();
            var stopping = node.StopAsync();
            Assert.Null(await next);
            await stopping.WaitAsync(ArenaClient.Patience);
        }
        finally
        {
            await node.DisposeAsync();
        }
    }
}
