using System.Text.Json;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Tests.Devnet;

public sealed class ShapeTests
{
    private const string Token = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";

    [Fact]
    public async Task A_reader_of_balances_rebuilds_what_everybody_has_from_blocks_alone()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Chain.Produce(60, 20);
        node.Chain.FinalizeAll();
        var owned = new Dictionary<string, Int128>();
        foreach (var meta in (await node.BlocksAsync()).SelectMany(block => block.Block.GetProperty("transactions").EnumerateArray()).Select(transaction => transaction.GetProperty("meta")))
        {
            Add(owned, meta.GetProperty("preTokenBalances"), -1);
            Add(owned, meta.GetProperty("postTokenBalances"), 1);
        }

        Assert.Equal(
            node.Chain.Ledger.Balances.Select(owner => (owner.Key, (Int128)owner.Value)).Order(),
            owned.Where(owner => owner.Value != 0).Select(owner => (owner.Key, owner.Value)).Order());
    }

    [Fact]
    public async Task A_block_and_its_transactions_have_the_members_that_a_node_gives_them()
    {
        await using var node = await DevnetNode.StartAsync(new SimulatedChain(new SimulatedChainOptions { UnknownTimes = 0.2, SkippedSlots = 0.2 }));
        node.Chain.Produce(60, 20);
        var blocks = await node.BlocksAsync();
        Assert.All(blocks, block => AssertMembers(block.Block, "blockHeight", "blockTime", "blockhash", "parentSlot", "previousBlockhash", "transactions"));
        Assert.Contains(blocks, block => block.Block.GetProperty("blockTime").ValueKind == JsonValueKind.Null);
        Assert.Contains(blocks.Zip(blocks.Skip(1), (before, after) => after.Slot - before.Slot), step => step > 1);
        foreach (var (before, after) in blocks.Zip(blocks.Skip(1)))
        {
            Assert.Equal(before.Slot, after.Block.GetProperty("parentSlot").GetUInt64());
            Assert.Equal(before.Block.GetProperty("blockhash").GetString(), after.Block.GetProperty("previousBlockhash").GetString());
        }

        foreach (var transaction in blocks.SelectMany(block => block.Block.GetProperty("transactions").EnumerateArray()))
        {
            AssertMembers(transaction, "transaction", "meta", "version");
            AssertMembers(transaction.GetProperty("transaction"), "signatures", "message");
            AssertMembers(transaction.GetProperty("transaction").GetProperty("message"), "accountKeys", "recentBlockhash", "instructions");
            AssertMembers(
                transaction.GetProperty("meta"),
                "err", "status", "fee", "preBalances", "postBalances", "computeUnitsConsumed", "rewards", "innerInstructions", "logMessages", "loadedAddresses", "preTokenBalances", "postTokenBalances");
            AssertSound(transaction);
        }
    }

    [Fact]
    public async Task All_versions_occur()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Chain.Produce(60, 20);
        var versions = (await node.BlocksAsync()).SelectMany(block => block.Block.GetProperty("transactions").EnumerateArray())
            .Select(transaction => transaction.GetProperty("version").ToString()).Distinct();
        Assert.Equal(["0", "1", "legacy"], versions.Order());
    }

    [Fact]
    public async Task A_plain_transfer_does_not_name_the_mint()
    {
        var (transaction, info) = await OneAsync(TransactionMix.None with { PlainTransfer = 1 }, "transfer");
        AssertMembers(info, "source", "destination", "authority", "amount");
        Assert.Equal(JsonValueKind.String, info.GetProperty("amount").ValueKind);
        Assert.DoesNotContain(DevnetMint.Address, transaction.GetProperty("transaction").GetRawText(), StringComparison.Ordinal);
        Assert.Contains(DevnetMint.Address, transaction.GetProperty("meta").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checked_transfer_names_the_mint_and_an_amount_with_decimals()
    {
        var (_, info) = await OneAsync(TransactionMix.None with { CheckedTransfer = 1 }, "transferChecked");
        AssertMembers(info, "source", "destination", "mint", "authority", "tokenAmount");
        AssertMembers(info.GetProperty("tokenAmount"), "amount", "decimals", "uiAmount", "uiAmountString");
    }

    [Fact]
    public async Task A_batch_nests_its_transfers()
    {
        var (_, info) = await OneAsync(TransactionMix.None with { Batch = 1 }, "batch");
        Assert.All(info.GetProperty("instructions").EnumerateArray(), nested => AssertMembers(nested, "type", "info"));
    }

    [Fact]
    public async Task A_change_of_owner_has_no_transfer_and_balances_of_two_owners()
    {
        var (transaction, info) = await OneAsync(TransactionMix.None with { SetAuthority = 1 }, "setAuthority");
        AssertMembers(info, "account", "authorityType", "authority", "newAuthority");
        Assert.Equal("accountOwner", info.GetProperty("authorityType").GetString());
        var meta = transaction.GetProperty("meta");
        Assert.Equal(info.GetProperty("authority").GetString(), meta.GetProperty("preTokenBalances")[0].GetProperty("owner").GetString());
        Assert.Equal(info.GetProperty("newAuthority").GetString(), meta.GetProperty("postTokenBalances")[0].GetProperty("owner").GetString());
    }

    [Fact]
    public async Task A_closed_account_is_in_the_balances_before_only()
    {
        var (transaction, info) = await OneAsync(TransactionMix.None with { CloseAccount = 1 }, "closeAccount");
        AssertMembers(info, "account", "destination", "owner");
        var keys = transaction.GetProperty("transaction").GetProperty("message").GetProperty("accountKeys").EnumerateArray().Select(key => key.GetProperty("pubkey").GetString()).ToList();
        var index = keys.IndexOf(info.GetProperty("account").GetString());
        Assert.Contains(transaction.GetProperty("meta").GetProperty("preTokenBalances").EnumerateArray(), line => line.GetProperty("accountIndex").GetInt32() == index);
        Assert.DoesNotContain(transaction.GetProperty("meta").GetProperty("postTokenBalances").EnumerateArray(), line => line.GetProperty("accountIndex").GetInt32() == index);
    }

    [Fact]
    public async Task Mints_and_burns_name_the_account_and_the_amount()
    {
        var (_, minted) = await OneAsync(TransactionMix.None with { Mint = 1 }, "mintTo");
        AssertMembers(minted, "mint", "account", "mintAuthority", "amount");
        var (_, burnt) = await OneAsync(TransactionMix.None with { Burn = 1 }, "burn");
        AssertMembers(burnt, "account", "mint", "authority", "amount");
    }

    [Fact]
    public async Task A_swap_moves_both_tokens_in_inner_instructions()
    {
        var (transaction, _) = await OneAsync(TransactionMix.None with { Buy = 1 }, null);
        var outer = transaction.GetProperty("transaction").GetProperty("message").GetProperty("instructions").EnumerateArray().Last();
        AssertMembers(outer, "programId", "accounts", "data", "stackHeight");
        var inner = transaction.GetProperty("meta").GetProperty("innerInstructions")[0].GetProperty("instructions").EnumerateArray().ToList();
        Assert.Equal(2, inner.Count);
        Assert.All(inner, instruction => Assert.Equal(2, instruction.GetProperty("stackHeight").GetInt32()));
        Assert.Equal(4, transaction.GetProperty("meta").GetProperty("postTokenBalances").GetArrayLength());
    }

    [Fact]
    public async Task A_failed_transaction_moves_nothing()
    {
        var (transaction, _) = await OneAsync(TransactionMix.None with { Failed = 1 }, "transferChecked");
        var meta = transaction.GetProperty("meta");
        Assert.Equal(JsonValueKind.Object, meta.GetProperty("err").ValueKind);
        Assert.Equal(meta.GetProperty("preTokenBalances").GetRawText(), meta.GetProperty("postTokenBalances").GetRawText());
    }

    [Fact]
    public async Task A_transfer_fee_is_withheld_at_the_recipient()
    {
        var options = new SimulatedChainOptions { Token2022 = true, TransferFee = 100, Mix = TransactionMix.None with { CheckedTransfer = 1 } };
        await using var node = await DevnetNode.StartAsync(new SimulatedChain(options));
        node.Chain.Produce(30, 20);
        node.Chain.FinalizeAll();
        Assert.True(node.Chain.Ledger.Withheld > 0);
        var types = (await node.BlocksAsync()).SelectMany(block => Instructions(block.Block)).Select(parsed => parsed.GetProperty("type").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "transferChecked", "transferCheckedWithFee" }, types);
        var accounts = await node.ResultAsync("getProgramAccounts", $$"""["TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",{"encoding":"jsonParsed","filters":[{"memcmp":{"offset":0,"bytes":"{{DevnetMint.Address}}"} }]}]""");
        var withheld = accounts.EnumerateArray().Select(account => account.GetProperty("account").GetProperty("data").GetProperty("parsed").GetProperty("info").GetProperty("extensions")[0].GetProperty("state").GetProperty("withheldAmount").GetUInt64());
        Assert.Equal(node.Chain.Ledger.Withheld, withheld.Aggregate(0ul, (sum, amount) => sum + amount));
    }

    /// <summary>The newest transaction of a chain that knows one kind only, and the parsed instruction of a type in it.</summary>
    private static async Task<(JsonElement Transaction, JsonElement Info)> OneAsync(TransactionMix mix, string? type)
    {
        await using var node = await DevnetNode.StartAsync(new SimulatedChain(new SimulatedChainOptions { Mix = mix, AccountsPerWallet = 1 }));
        node.Chain.FinalizeAll();
        node.Chain.Produce(10, 4);
        node.Chain.FinalizeAll();
        foreach (var (_, block) in (await node.BlocksAsync()).Reverse())
        {
            foreach (var transaction in block.GetProperty("transactions").EnumerateArray().Where(transaction => transaction.GetRawText().Contains(DevnetMint.Address, StringComparison.Ordinal)))
            {
                var info = Parsed(transaction).FirstOrDefault(parsed => type is not null && parsed.GetProperty("type").GetString() == type);
                if (type is null || info.ValueKind == JsonValueKind.Object)
                {
                    return (transaction, type is null ? default : info.GetProperty("info"));
                }
            }
        }

        throw new InvalidOperationException($"No {type} occurred.");
    }

    private static IEnumerable<JsonElement> Instructions(JsonElement block) => block.GetProperty("transactions").EnumerateArray().SelectMany(Parsed);

    private static IEnumerable<JsonElement> Parsed(JsonElement transaction) => transaction.GetProperty("transaction").GetProperty("message").GetProperty("instructions").EnumerateArray()
        .Where(instruction => instruction.TryGetProperty("parsed", out _) && instruction.GetProperty("programId").GetString()!.StartsWith("Token", StringComparison.Ordinal))
        .Select(instruction => instruction.GetProperty("parsed"));

    /// <summary>What must hold in any transaction: indices within the keys, unique keys, the payer first and signing, a line's members.</summary>
    private static void AssertSound(JsonElement transaction)
    {
        var keys = transaction.GetProperty("transaction").GetProperty("message").GetProperty("accountKeys").EnumerateArray().ToList();
        Assert.Equal(keys.Count, keys.Select(key => key.GetProperty("pubkey").GetString()).Distinct().Count());
        Assert.True(keys[0].GetProperty("signer").GetBoolean());
        Assert.All(keys, key => AssertMembers(key, "pubkey", "signer", "writable", "source"));
        var meta = transaction.GetProperty("meta");
        Assert.Equal(keys.Count, meta.GetProperty("preBalances").GetArrayLength());
        foreach (var line in meta.GetProperty("preTokenBalances").EnumerateArray().Concat(meta.GetProperty("postTokenBalances").EnumerateArray()))
        {
            AssertMembers(line, "accountIndex", "mint", "owner", "programId", "uiTokenAmount");
            Assert.InRange(line.GetProperty("accountIndex").GetInt32(), 1, keys.Count - 1);
            Assert.Equal(Token, line.GetProperty("programId").GetString());
        }
    }

    private static void Add(Dictionary<string, Int128> owned, JsonElement balances, int sign)
    {
        foreach (var line in balances.EnumerateArray().Where(line => line.GetProperty("mint").GetString() == DevnetMint.Address))
        {
            var owner = line.GetProperty("owner").GetString()!;
            owned[owner] = owned.GetValueOrDefault(owner) + (sign * Int128.Parse(line.GetProperty("uiTokenAmount").GetProperty("amount").GetString()!));
        }
    }

    private static void AssertMembers(JsonElement element, params string[] names) =>
        Assert.Equal(names.Order(), element.EnumerateObject().Select(member => member.Name).Order());
}
