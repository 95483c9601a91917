using System.Text.Json;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Devnet;

public sealed class RpcMethodTests
{
    private const string Parsed = """{"encoding":"jsonParsed","maxSupportedTransactionVersion":1}""";

    [Fact]
    public async Task A_history_lists_only_transactions_that_name_the_address()
    {
        await using var node = await BusyAsync(TransactionMix.None with { PlainTransfer = 1 });
        var transfer = node.Chain.Store.Tip.Transactions.First(transaction => transaction.Movements.Count == 1 && transaction.Intent.Steps is [Direct { Operation: Transfer }]);
        var moved = (Transfer)transfer.Intent.Operations.Single();
        node.Chain.FinalizeAll();

        Assert.Contains(transfer.Signature, await HistoryAsync(node, moved.Source));
        Assert.Contains(transfer.Signature, await HistoryAsync(node, moved.Destination));
        Assert.Contains(transfer.Signature, await HistoryAsync(node, transfer.Movements[0].Sender!));
        Assert.DoesNotContain(transfer.Signature, await HistoryAsync(node, transfer.Movements[0].Recipient!));
        Assert.DoesNotContain(transfer.Signature, await HistoryAsync(node, DevnetMint.Address));
    }

    [Fact]
    public async Task Pages_of_a_history_go_from_the_newest_to_the_oldest()
    {
        await using var node = await BusyAsync(new TransactionMix());
        node.Chain.FinalizeAll();
        var whole = await HistoryAsync(node, DevnetMint.Address);
        var paged = new List<string>();
        while (true)
        {
            var before = paged.Count == 0 ? "" : $",\"before\":\"{paged[^1]}\"";
            var page = await HistoryAsync(node, DevnetMint.Address, $$"""{"limit":37{{before}}}""");
            if (page.Count == 0)
            {
                break;
            }

            paged.AddRange(page);
        }

        Assert.True(whole.Count > 100);
        Assert.Equal(whole, paged);
        Assert.Equal(whole.Take(10), await HistoryAsync(node, DevnetMint.Address, $$"""{"until":"{{whole[10]}}"}"""));
        var slots = (await node.ResultAsync("getSignaturesForAddress", $"[\"{DevnetMint.Address}\"]")).EnumerateArray().Select(line => line.GetProperty("slot").GetUInt64()).ToList();
        Assert.Equal(slots.OrderDescending(), slots);
    }

    [Fact]
    public async Task A_line_of_a_history_has_the_members_that_a_node_gives_it()
    {
        await using var node = await BusyAsync(new TransactionMix());
        var lines = (await node.ResultAsync("getSignaturesForAddress", $$"""["{{DevnetMint.Address}}",{"commitment":"confirmed"}]""")).EnumerateArray().ToList();
        Assert.All(lines, line => Assert.Equal(["blockTime", "confirmationStatus", "err", "memo", "signature", "slot"], line.EnumerateObject().Select(member => member.Name).Order()));
        Assert.Equal(["confirmed", "finalized"], lines.Select(line => line.GetProperty("confirmationStatus").GetString()).Distinct().Order());
        Assert.Contains(lines, line => line.GetProperty("err").ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task A_transaction_is_null_until_its_commitment_is_reached()
    {
        await using var node = await BusyAsync(new TransactionMix());
        var signature = node.Chain.Store.Tip.Transactions[0].Signature;
        Assert.Equal(JsonValueKind.Null, (await TransactionAsync("confirmed")).ValueKind);
        node.Chain.Produce(3);
        Assert.Equal(signature, (await TransactionAsync("confirmed")).GetProperty("transaction").GetProperty("signatures")[0].GetString());
        Assert.Equal(JsonValueKind.Null, (await TransactionAsync("finalized")).ValueKind);
        node.Chain.FinalizeAll();
        Assert.Equal(["blockTime", "meta", "slot", "transaction", "version"], (await TransactionAsync("finalized")).EnumerateObject().Select(member => member.Name).Order());

        Task<JsonElement> TransactionAsync(string commitment) =>
            node.ResultAsync("getTransaction", $$"""["{{signature}}",{"encoding":"jsonParsed","maxSupportedTransactionVersion":1,"commitment":"{{commitment}}"}]""");
    }

    [Fact]
    public async Task Versions_above_the_supported_one_are_an_error_for_the_whole_block()
    {
        await using var node = await BusyAsync(TransactionMix.None with { UnknownVersion = 1 });
        var block = node.Chain.Store.Tip;
        node.Chain.FinalizeAll();
        Assert.Equal(-32015, await node.ErrorAsync("getBlock", $"[{block.Slot},{Parsed}]"));
        Assert.Equal(-32015, await node.ErrorAsync("getTransaction", $"[\"{block.Transactions[0].Signature}\",{Parsed}]"));
        var signatures = await node.ResultAsync("getBlock", $$"""[{{block.Slot}},{"transactionDetails":"signatures"}]""");
        Assert.Equal(block.Transactions.Select(transaction => transaction.Signature), signatures.GetProperty("signatures").EnumerateArray().Select(signature => signature.GetString()));
        var none = await node.ResultAsync("getBlock", $$"""[{{block.Slot}},{"transactionDetails":"none"}]""");
        Assert.False(none.TryGetProperty("transactions", out _) || none.TryGetProperty("signatures", out _));
    }

    [Fact]
    public async Task Slots_without_a_block_have_their_own_errors()
    {
        await using var node = await DevnetNode.StartAsync(new SimulatedChain(new SimulatedChainOptions { KeptBlocks = 100, SkippedSlots = 0.3 }));
        node.Chain.Produce(300, 1);
        var slots = (await node.ResultAsync("getBlocks", "[0]")).EnumerateArray().Select(slot => slot.GetUInt64()).ToList();
        var skipped = Enumerable.Range(0, 1_000).Select(offset => slots[0] + (ulong)offset).First(slot => !slots.Contains(slot));
        Assert.Equal(-32007, await node.ErrorAsync("getBlock", $"[{skipped},{Parsed}]"));
        Assert.Equal(-32004, await node.ErrorAsync("getBlock", $"[{slots[^1] + 1},{Parsed}]"));
        Assert.Equal(-32001, await node.ErrorAsync("getBlock", $"[1005,{Parsed}]"));
        Assert.Equal(slots[0], (await node.ResultAsync("getFirstAvailableBlock")).GetUInt64());
    }

    [Fact]
    public async Task Bad_calls_have_their_own_errors()
    {
        await using var node = await BusyAsync(new TransactionMix());
        var unknown = DevnetKeys.Signature(99, 99, 99, 99);
        Assert.Equal(-32601, await node.ErrorAsync("getNothing"));
        Assert.Equal(-32602, await node.ErrorAsync("getBlock"));
        Assert.Equal(-32602, await node.ErrorAsync("getBlock", "[1010]"));
        Assert.Equal(-32602, await node.ErrorAsync("getBlock", $$"""[1010,{"encoding":"jsonParsed","commitment":"processed"}]"""));
        Assert.Equal(-32602, await node.ErrorAsync("getBlocks", "[0,600000]"));
        Assert.Equal(-32602, await node.ErrorAsync("getSignaturesForAddress", $$"""["{{DevnetMint.Address}}",{"limit":1001}]"""));
        Assert.Equal(-32602, await node.ErrorAsync("getSignaturesForAddress", "[\"0OIl\"]"));
        Assert.Equal(-32020, await node.ErrorAsync("getSignaturesForAddress", $$"""["{{DevnetMint.Address}}",{"before":"{{unknown}}"}]"""));
        Assert.Equal(-32602, await node.ErrorAsync("getTokenSupply", "[\"11111111111111111111111111111111\"]"));
        Assert.Equal(-32602, await node.ErrorAsync("getSlot", """[{"commitment":"sure"}]"""));
        var old = (await node.AskAsync("getSlot", """[{"minContextSlot":999999,"commitment":"confirmed"}]""")).GetProperty("error");
        Assert.Equal(-32016, old.GetProperty("code").GetInt32());
        Assert.Equal(node.Chain.Slot(Commitment.Confirmed), old.GetProperty("data").GetProperty("contextSlot").GetUInt64());
    }

    [Fact]
    public async Task Requests_that_are_no_calls_are_told_so_and_several_may_come_at_once()
    {
        await using var node = await BusyAsync(new TransactionMix());
        using var nonsense = await node.PostAsync("{nonsense");
        Assert.Contains("-32700", await nonsense.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var several = await node.PostAsync("""[{"jsonrpc":"2.0","id":1,"method":"getHealth"},{"jsonrpc":"2.0","id":2}]""");
        Assert.Equal("""[{"jsonrpc":"2.0","result":"ok","id":1},{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid request"},"id":2}]""", await several.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Token_accounts_are_found_by_owner_and_by_mint()
    {
        await using var node = await BusyAsync(new TransactionMix());
        node.Chain.FinalizeAll();
        var ledger = node.Chain.Ledger;
        var supply = await node.ResultAsync("getTokenSupply", $"[\"{DevnetMint.Address}\"]");
        Assert.Equal(ledger.Supply.ToString(), supply.GetProperty("value").GetProperty("amount").GetString());
        Assert.Equal(ledger.Slot, supply.GetProperty("context").GetProperty("slot").GetUInt64());

        foreach (var owner in node.Chain.Wallets.Take(10))
        {
            var owned = await node.ResultAsync("getTokenAccountsByOwner", $$"""["{{owner}}",{"mint":"{{DevnetMint.Address}}"},{"encoding":"jsonParsed"}]""");
            Assert.Equal(ledger.Balances.GetValueOrDefault(owner), Sum(owned.GetProperty("value")));
        }

        var all = await node.ResultAsync("getProgramAccounts", Program(""));
        Assert.Equal(ledger.Supply, Sum(all));
        Assert.Equal(all.GetArrayLength(), (await node.ResultAsync("getProgramAccounts", Program(",{\"dataSize\":165}"))).GetArrayLength());
        Assert.Equal(0, (await node.ResultAsync("getProgramAccounts", Program(",{\"dataSize\":178}"))).GetArrayLength());
        Assert.Equal(ulong.MaxValue, all[0].GetProperty("account").GetProperty("rentEpoch").GetUInt64());
    }

    [Fact]
    public async Task Simple_questions_have_simple_answers()
    {
        await using var node = await BusyAsync(new TransactionMix());
        Assert.Equal("ok", (await node.ResultAsync("getHealth")).GetString());
        Assert.Equal("4.0.0", (await node.ResultAsync("getVersion")).GetProperty("solana-core").GetString());
        Assert.Equal(node.Chain.Slot(Commitment.Processed), (await node.ResultAsync("getSlot", """[{"commitment":"processed"}]""")).GetUInt64());
        Assert.True((await node.ResultAsync("getBlockHeight")).GetUInt64() <= (await node.ResultAsync("getSlot")).GetUInt64());
    }

    private static async Task<DevnetNode> BusyAsync(TransactionMix mix)
    {
        var node = await DevnetNode.StartAsync(new SimulatedChain(new SimulatedChainOptions { Mix = mix }));
        node.Chain.Produce(60, 12);
        return node;
    }

    private static async Task<IReadOnlyList<string>> HistoryAsync(DevnetNode node, string address, string config = "{}") =>
        [.. (await node.ResultAsync("getSignaturesForAddress", $"[\"{address}\",{config}]")).EnumerateArray().Select(line => line.GetProperty("signature").GetString()!)];

    private static string Program(string more) =>
        $$"""["TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",{"encoding":"jsonParsed","filters":[{"memcmp":{"offset":0,"bytes":"{{DevnetMint.Address}}"} }{{more}}]}]""";

    private static ulong Sum(JsonElement accounts) => accounts.EnumerateArray()
        .Select(account => account.GetProperty("account").GetProperty("data").GetProperty("parsed").GetProperty("info").GetProperty("tokenAmount").GetProperty("amount").GetString()!)
        .Aggregate(0ul, (sum, amount) => sum + ulong.Parse(amount));
}
