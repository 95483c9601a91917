using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class TokenTransactionsTests(TokenNode node, ArenaHost arena) : IClassFixture<TokenNode>, IClassFixture<ArenaHost>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_line_comes_once_and_in_order_across_disconnects(bool messagePack)
    {
        var script = await FeedScript.BeginAsync(node);
        var going = script.GoAsync(steps: 30, movements: 12);
        var seen = new List<ExpectedLine>();
        var last = script.Start;
        for (var turn = 0; !HasAll(); turn++)
        {
            await using var connection = await node.ConnectAsync(messagePack);
            var most = 1 + turn * 11 % 70;
            await foreach (var line in LinesAsync(connection, messagePack, null, last))
            {
                last = line.Position;
                if (line.Type != "position")
                {
                    seen.Add(line);
                }

                if (--most == 0 || HasAll())
                {
                    break;
                }
            }
        }

        await going;
        Assert.Equal(script.Lines, seen);

        bool HasAll() => seen.Count > 0 && seen[^1].Signature == script.End;
    }

    [Fact]
    public async Task Arguments_may_be_left_out_and_the_first_item_says_where_the_stream_begins()
    {
        var script = await FeedScript.BeginAsync(node);
        await script.RecordAsync(2);
        await Eventually.Is(async () => await node.Tail.NewestAsync(default) == script.Lines[^1].Position);
        await using var connection = await node.ConnectAsync();
        await using var all = connection.StreamAsync<JsonElement>("TokenTransactions").GetAsyncEnumerator();
        await using var anns = connection.StreamAsync<JsonElement>("TokenTransactions", FeedScript.Ann).GetAsyncEnumerator();
        Assert.Equal(new ExpectedLine(script.Lines[^1].Position, "position", null), await NextAsync(all));
        Assert.Equal(new ExpectedLine(script.Lines[^1].Position, "position", null), await NextAsync(anns));

        // From Cid to Ann, from Ann to Bob, from Bob to Cid.
        await script.RecordAsync(3);
        await script.FinalizeAsync();
        foreach (var line in script.Lines.Skip(2))
        {
            Assert.Equal(line, await NextAsync(all));
        }

        foreach (var line in script.Lines.Skip(2).Where((_, i) => i != 2))
        {
            Assert.Equal(line, await NextAsync(anns));
        }
    }

    [Fact]
    public async Task Clients_that_look_on_are_told_in_the_channel()
    {
        var script = await FeedScript.BeginAsync(node);
        await using var connection = await node.ConnectAsync();
        var told = System.Threading.Channels.Channel.CreateUnbounded<string>();
        connection.On<JsonElement>("Event", message => told.Writer.TryWrite($"{message.GetProperty("type").GetString()} {message.GetProperty("data").GetProperty("position").GetInt64()}"));
        await connection.InvokeAsync<Answer>("Subscribe", "token");
        await script.RecordAsync(1);
        await script.WithdrawAsync();
        await script.RecordAsync(1);
        await script.FinalizeAsync();
        using var limit = new CancellationTokenSource(ArenaClient.Patience);
        foreach (var line in script.Lines)
        {
            Assert.Equal($"token.{line.Type} {line.Position}", await told.Reader.ReadAsync(limit.Token));
        }
    }

    [Theory]
    [InlineData("nobody", null, "wallet")]
    [InlineData(null, -1L, "afterPosition")]
    public async Task A_stream_that_cannot_be_is_refused(string? wallet, long? afterPosition, string field)
    {
        await using var connection = await node.ConnectAsync();
        var refused = await Assert.ThrowsAsync<HubException>(async () =>
        {
            await foreach (var _ in connection.StreamAsync<JsonElement>("TokenTransactions", wallet, afterPosition))
            {
            }
        });
        var error = JsonDocument.Parse(refused.Message).RootElement;
        Assert.Equal("validation_error", error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("details").GetProperty(field).GetString()!);
    }

    [Fact]
    public async Task Where_no_token_is_followed_there_is_no_stream()
    {
        await using var client = await arena.ClientAsync();
        var refused = await Assert.ThrowsAsync<HubException>(async () =>
        {
            await foreach (var _ in client.Connection.StreamAsync<JsonElement>("TokenTransactions"))
            {
            }
        });
        Assert.Equal("not_found", JsonDocument.Parse(refused.Message).RootElement.GetProperty("code").GetString());
    }

    private static async Task<ExpectedLine> NextAsync(IAsyncEnumerator<JsonElement> lines)
    {
        Assert.True(await lines.MoveNextAsync().AsTask().WaitAsync(ArenaClient.Patience));
        return Read(lines.Current);
    }

    internal static async IAsyncEnumerable<ExpectedLine> LinesAsync(HubConnection connection, bool messagePack, string? wallet, long? after)
    {
        if (messagePack)
        {
            await foreach (var line in connection.StreamAsync<Dictionary<string, object>>("TokenTransactions", wallet, after))
            {
                var signature = line["data"] is Dictionary<object, object> data && data.TryGetValue("signature", out var text) ? (string)text : null;
                yield return new ExpectedLine(Convert.ToInt64(line["position"], CultureInfo.InvariantCulture), (string)line["type"], signature);
            }
        }
        else
        {
            await foreach (var line in connection.StreamAsync<JsonElement>("TokenTransactions", wallet, after))
            {
                yield return Read(line);
            }
        }
    }

    private static ExpectedLine Read(JsonElement line) => new(
        line.GetProperty("position").GetInt64(),
        line.GetProperty("type").GetString()!,
        line.GetProperty("data") is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("signature", out var signature) ? signature.GetString() : null);
}
