using System.Net;
using System.Text.Json;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Tests.Devnet;

public sealed class FaultTests
{
    private const string Health = """{"jsonrpc":"2.0","id":7,"method":"getHealth"}""";
    private const string Page = $$"""["{{DevnetMint.Address}}"]""";

    [Fact]
    public async Task Down_resets_connections()
    {
        await using var node = await FaultyAsync(DevnetFault.Down);
        await Assert.ThrowsAsync<HttpRequestException>(() => node.PostAsync(Health));
        node.Faults.Clear();
        Assert.Equal("ok", (await node.ResultAsync("getHealth")).GetString());
        Assert.Equal(1, node.Faults.Struck(DevnetFault.Down));
    }

    [Fact]
    public async Task A_stopped_server_refuses_connections_and_comes_back_on_its_port()
    {
        await using var node = await DevnetNode.StartAsync();
        await node.Server.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => node.PostAsync(Health));
        await node.Server.StartAsync();
        Assert.Equal("ok", (await node.ResultAsync("getHealth")).GetString());
    }

    [Fact]
    public async Task Throttling_says_when_to_come_back()
    {
        await using var node = await FaultyAsync(DevnetFault.Throttled, new FaultRule { RetryAfter = 3, Count = 1 });
        using var response = await node.PostAsync(Health);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter!.Delta);
        Assert.Equal("ok", (await node.ResultAsync("getHealth")).GetString());
    }

    [Fact]
    public async Task A_fault_may_strike_one_method_only()
    {
        await using var node = await FaultyAsync(DevnetFault.Unavailable, new FaultRule { Method = "getHealth" });
        using var response = await node.PostAsync(Health);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        await node.ResultAsync("getSlot");
    }

    [Fact]
    public async Task A_fault_strikes_as_often_as_it_is_likely()
    {
        await using var node = await FaultyAsync(DevnetFault.Unavailable, new FaultRule { Probability = 0.5 });
        for (var i = 0; i < 60; i++)
        {
            using var response = await node.PostAsync(Health);
        }

        Assert.InRange(node.Faults.Struck(DevnetFault.Unavailable), 15, 45);
    }

    [Theory]
    [InlineData(DevnetFault.Garbage)]
    [InlineData(DevnetFault.Html)]
    [InlineData(DevnetFault.Truncated)]
    public async Task Answers_are_no_json(DevnetFault fault)
    {
        await using var node = await FaultyAsync(fault);
        using var response = await node.PostAsync(Health);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync();
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Fact]
    public async Task An_answer_may_be_that_of_another_request()
    {
        await using var node = await FaultyAsync(DevnetFault.WrongId);
        using var response = await node.PostAsync(Health);
        Assert.DoesNotContain("\"id\":7", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_answer_waits_for_the_clock()
    {
        var clock = new SteppedClock();
        await using var node = await DevnetNode.StartAsync(clock: clock);
        node.Faults.Set(DevnetFault.Slow, new FaultRule { Delay = TimeSpan.FromSeconds(30) });
        var asking = node.ResultAsync("getHealth");
        await clock.TimerMade;
        Assert.False(asking.IsCompleted);
        clock.Fire();
        Assert.Equal("ok", (await asking).GetString());
    }

    [Fact]
    public async Task A_stale_server_answers_as_of_long_ago()
    {
        await using var node = await DevnetNode.StartAsync(new SimulatedChain(new SimulatedChainOptions { SkippedSlots = 0 }));
        node.Chain.Produce(200, 5);
        await using var stale = new DevnetServer(node.Chain);
        stale.Faults.Set(DevnetFault.Stale, new FaultRule { Slots = 50 });
        await stale.StartAsync();
        using var http = new HttpClient();
        using var response = await http.PostAsync(stale.Addresses.Rpc, new StringContent("""{"jsonrpc":"2.0","id":7,"method":"getSlot"}"""));
        var behind = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("result").GetUInt64();
        Assert.Equal((await node.ResultAsync("getSlot")).GetUInt64() - 50, behind);
    }

    [Fact]
    public async Task Answers_may_speak_of_another_mint()
    {
        await using var node = await FaultyAsync(DevnetFault.WrongMint);
        var owned = await node.ResultAsync("getTokenAccountsByOwner", $$"""["{{DevnetWallets.Demo[0].Address}}",{"mint":"{{DevnetMint.Address}}"},{"encoding":"jsonParsed"}]""");
        Assert.Equal("DZAMyJeLG7mvdWT5TM95pgFwLnwyeFBLYE461fRvZNKt", owned.GetProperty("value")[0].GetProperty("account").GetProperty("data").GetProperty("parsed").GetProperty("info").GetProperty("mint").GetString());
    }

    [Fact]
    public async Task Pages_of_signatures_may_omit_repeat_and_reorder()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Chain.Produce(100, 10);
        var honest = await PageAsync(node);

        node.Faults.Set(DevnetFault.OmittedSignatures);
        var omitting = await PageAsync(node);
        Assert.True(omitting.Count < honest.Count);
        Assert.Equal(honest[^1], omitting[^1]);

        node.Faults.Clear();
        node.Faults.Set(DevnetFault.RepeatedSignatures);
        var repeating = await PageAsync(node);
        Assert.True(repeating.Count > honest.Count);
        Assert.Equal(honest, repeating.Distinct());

        node.Faults.Clear();
        node.Faults.Set(DevnetFault.ReorderedSignatures);
        var reordered = await PageAsync(node);
        Assert.NotEqual(honest, reordered);
        Assert.Equal(honest.Order(), reordered.Order());
        Assert.Equal(honest.Select(line => line.Slot), reordered.Select(line => line.Slot));
    }

    [Fact]
    public async Task Young_blocks_and_transactions_may_not_be_there_yet()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Chain.Produce(60, 10);
        var block = node.Chain.Store.Tip;
        node.Chain.Produce(10);
        node.Faults.Set(DevnetFault.BlockNotYet, new FaultRule { Slots = 30 });
        node.Faults.Set(DevnetFault.TransactionNotYet, new FaultRule { Slots = 30 });
        const string config = """{"encoding":"jsonParsed","commitment":"confirmed","maxSupportedTransactionVersion":1}""";
        Assert.Equal(-32004, await node.ErrorAsync("getBlock", $"[{block.Slot},{config}]"));
        Assert.Equal(JsonValueKind.Null, (await node.ResultAsync("getTransaction", $"[\"{block.Transactions[0].Signature}\",{config}]")).ValueKind);
        node.Chain.Produce(30);
        await node.ResultAsync("getBlock", $"[{block.Slot},{config}]");
        Assert.Equal(JsonValueKind.Object, (await node.ResultAsync("getTransaction", $"[\"{block.Transactions[0].Signature}\",{config}]")).ValueKind);
    }

    private static async Task<DevnetNode> FaultyAsync(DevnetFault fault, FaultRule? rule = null)
    {
        var node = await DevnetNode.StartAsync();
        node.Chain.Produce(100);
        node.Faults.Set(fault, rule);
        return node;
    }

    private static async Task<IReadOnlyList<(ulong Slot, string Signature)>> PageAsync(DevnetNode node) =>
        [.. (await node.ResultAsync("getSignaturesForAddress", Page)).EnumerateArray().Select(line => (line.GetProperty("slot").GetUInt64(), line.GetProperty("signature").GetString()!))];
}
