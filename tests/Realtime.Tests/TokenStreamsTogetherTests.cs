using System.Globalization;
using Xunit;

namespace WildNOut.Realtime.Tests;

/// <summary>Many clients of both kinds at once, among them some that do not read.</summary>
public sealed class TokenStreamsTogetherTests(TokenNode node) : IClassFixture<TokenNode>
{
    [Fact]
    public async Task Every_client_gets_every_line_once_and_in_order_while_others_come_and_go_and_some_do_not_read()
    {
        var script = await FeedScript.BeginAsync(node);
        await using var stuck = await node.NarrowStreamAsync($"?afterPosition={script.Start}");
        await using var idle = await node.ConnectAsync();
        await using var untouched = TokenTransactionsTests.LinesAsync(idle, false, null, script.Start).GetAsyncEnumerator();
        var going = script.GoAsync(steps: 50, movements: 25);
        var clients = new List<Task<List<ExpectedLine>>>();
        for (var client = 0; client < 4; client++)
        {
            clients.Add(EventsAsync(script, stay: 30 + 37 * client));
            clients.Add(ItemsAsync(script, messagePack: client % 2 == 0, stay: 25 + 41 * client));
        }

        await going;
        foreach (var seen in await Task.WhenAll(clients))
        {
            Assert.Equal(script.Lines, seen);
        }
    }

    /// <summary>A browser that comes back after so many events each time.</summary>
    private async Task<List<ExpectedLine>> EventsAsync(FeedScript script, int stay)
    {
        var seen = new List<ExpectedLine>();
        var last = script.Start.ToString(CultureInfo.InvariantCulture);
        while (!HasAll(script, seen))
        {
            await using var stream = await node.StreamAsync($"?afterPosition={script.Start}", last);
            for (var taken = 0; taken < stay && !HasAll(script, seen); taken++)
            {
                seen.Add(TokenEventStreamTests.Read((await stream.NextAsync())!.Value));
                last = stream.LastEventId;
            }
        }

        return seen;
    }

    /// <summary>A hub client that comes back after so many items each time.</summary>
    private async Task<List<ExpectedLine>> ItemsAsync(FeedScript script, bool messagePack, int stay)
    {
        var seen = new List<ExpectedLine>();
        var last = script.Start;
        while (!HasAll(script, seen))
        {
            await using var connection = await node.ConnectAsync(messagePack);
            var left = stay;
            await foreach (var line in TokenTransactionsTests.LinesAsync(connection, messagePack, null, last))
            {
                last = line.Position;
                if (line.Type != "position")
                {
                    seen.Add(line);
                }

                if (--left == 0 || HasAll(script, seen))
                {
                    break;
                }
            }
        }

        return seen;
    }

    private static bool HasAll(FeedScript script, List<ExpectedLine> seen) => seen.Count > 0 && seen[^1].Signature == script.End;
}
