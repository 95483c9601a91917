using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Tests.Devnet;

public sealed class SocketTests
{
    [Fact]
    public async Task Slots_are_told_with_their_parent_and_root()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Chain.Produce(50);
        using var socket = await ConnectAsync(node);
        var id = (await AskAsync(socket, "slotSubscribe", "[]")).GetProperty("result").GetUInt64();
        var before = node.Chain.Store.Tip.Slot;
        node.Chain.Produce(1);
        var notice = await NextAsync(socket);
        Assert.Equal("slotNotification", notice.GetProperty("method").GetString());
        Assert.Equal(id, notice.GetProperty("params").GetProperty("subscription").GetUInt64());
        var slot = notice.GetProperty("params").GetProperty("result");
        Assert.Equal((before, node.Chain.Store.Tip.Slot), (slot.GetProperty("parent").GetUInt64(), slot.GetProperty("slot").GetUInt64()));
        Assert.Equal(node.Chain.Slot(WildNOut.Chain.Rpc.Commitment.Finalized), slot.GetProperty("root").GetUInt64());
    }

    [Fact]
    public async Task Logs_are_told_of_transactions_that_name_the_address_once_they_are_confirmed()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Chain.FinalizeAll();
        using var socket = await ConnectAsync(node);
        await AskAsync(socket, "logsSubscribe", $$"""[{"mentions":["{{DevnetMint.Address}}"]},{"commitment":"confirmed"}]""");
        node.Chain.Produce(1, 30);
        var block = node.Chain.Store.Tip;
        node.Chain.Produce(4);
        foreach (var transaction in block.Transactions.Where(transaction => transaction.Keys.Any(key => key.Address == DevnetMint.Address)))
        {
            var result = (await NextAsync(socket)).GetProperty("params").GetProperty("result");
            Assert.Equal(block.Slot, result.GetProperty("context").GetProperty("slot").GetUInt64());
            Assert.Equal(transaction.Signature, result.GetProperty("value").GetProperty("signature").GetString());
            Assert.Equal(["err", "logs", "signature"], result.GetProperty("value").EnumerateObject().Select(member => member.Name).Order());
        }
    }

    [Fact]
    public async Task Accounts_of_the_mint_are_told_as_each_block_leaves_them()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Chain.FinalizeAll();
        using var socket = await ConnectAsync(node);
        await AskAsync(
            socket,
            "programSubscribe",
            $$"""["TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",{"encoding":"jsonParsed","commitment":"processed","filters":[{"memcmp":{"offset":0,"bytes":"{{DevnetMint.Address}}"} }]}]""");
        node.Chain.Produce(1, 20);
        var expected = node.Chain.Store.Tip.Transactions.SelectMany(transaction => transaction.Changes).Where(change => change.Before != change.After)
            .GroupBy(change => change.Address).Where(changes => changes.Last().After is not null).ToDictionary(changes => changes.Key, changes => changes.Last().After!.Amount);
        Assert.NotEmpty(expected);
        for (var left = expected.Count; left > 0; left--)
        {
            var value = (await NextAsync(socket)).GetProperty("params").GetProperty("result").GetProperty("value");
            var info = value.GetProperty("account").GetProperty("data").GetProperty("parsed").GetProperty("info");
            Assert.Equal(expected[value.GetProperty("pubkey").GetString()!].ToString(), info.GetProperty("tokenAmount").GetProperty("amount").GetString());
        }
    }

    [Fact]
    public async Task One_account_is_told_when_it_changes()
    {
        await using var node = await DevnetNode.StartAsync(new SimulatedChain(new SimulatedChainOptions { Mix = TransactionMix.None with { Buy = 1 } }));
        node.Chain.FinalizeAll();
        using var socket = await ConnectAsync(node);
        await AskAsync(socket, "accountSubscribe", $$"""["{{node.Chain.Book.Pools[0].Vault}}",{"encoding":"jsonParsed","commitment":"processed"}]""");
        node.Chain.Produce(1, 20);
        var value = (await NextAsync(socket)).GetProperty("params").GetProperty("result").GetProperty("value");
        Assert.Equal(node.Chain.Pools[0], value.GetProperty("data").GetProperty("parsed").GetProperty("info").GetProperty("owner").GetString());
    }

    [Fact]
    public async Task Subscriptions_end_and_nonsense_is_refused()
    {
        await using var node = await DevnetNode.StartAsync();
        using var socket = await ConnectAsync(node);
        var id = (await AskAsync(socket, "slotSubscribe", "[]")).GetProperty("result").GetUInt64();
        Assert.True((await AskAsync(socket, "slotUnsubscribe", $"[{id}]")).GetProperty("result").GetBoolean());
        Assert.Equal(-32602, Code(await AskAsync(socket, "slotUnsubscribe", $"[{id}]")));
        Assert.Equal(-32601, Code(await AskAsync(socket, "blockSubscribe", "[]")));
        Assert.Equal(-32602, Code(await AskAsync(socket, "logsSubscribe", """[{"mentions":["a","b"]}]""")));
        node.Chain.Produce(1);
        Assert.Equal(-32601, Code(await AskAsync(socket, "getSlot", "[]")));
    }

    [Fact]
    public async Task A_socket_is_dropped_when_its_time_is_over()
    {
        var clock = new SteppedClock();
        await using var node = await DevnetNode.StartAsync(clock: clock);
        node.Faults.Set(DevnetFault.SocketDropped, new FaultRule { Delay = TimeSpan.FromSeconds(3) });
        using var socket = await ConnectAsync(node);
        await clock.TimerMade;
        clock.Fire();
        await Assert.ThrowsAsync<WebSocketException>(() => NextAsync(socket));
    }

    [Fact]
    public async Task A_socket_falls_with_its_server()
    {
        await using var node = await DevnetNode.StartAsync();
        using var socket = await ConnectAsync(node);
        await AskAsync(socket, "slotSubscribe", "[]");
        node.Faults.Set(DevnetFault.Down);
        node.Chain.Produce(1);
        await Assert.ThrowsAsync<WebSocketException>(() => NextAsync(socket));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(node));
    }

    private static int Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();

    private static async Task<ClientWebSocket> ConnectAsync(DevnetNode node)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(node.Server.Addresses.WebSocket, default);
        return socket;
    }

    private static async Task<JsonElement> AskAsync(ClientWebSocket socket, string method, string parameters)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}"""), WebSocketMessageType.Text, true, default);
        return await NextAsync(socket);
    }

    private static async Task<JsonElement> NextAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement;
            }
        }
    }
}
