using System.Text;
using System.Text.Json;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>What each method asks, and how it reads the documented answers.</summary>
public sealed class SolanaRpcTests : IAsyncLifetime
{
    private const string Mint = "DevMint1111111111111111111111111111111111111";
    private RpcFixture _fixture = null!;

    private ScriptedRpcServer Server => _fixture.Server;

    private SolanaRpc Rpc => _fixture.Rpc;

    public async Task InitializeAsync() => _fixture = await RpcFixture.StartAsync(servers: 2);

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Theory]
    [InlineData(Commitment.Processed, "processed")]
    [InlineData(Commitment.Confirmed, "confirmed")]
    [InlineData(Commitment.Finalized, "finalized")]
    public async Task A_slot(Commitment commitment, string name)
    {
        Server.Then(Reply.Result("18446744073709551615"));
        Assert.Equal(ulong.MaxValue, await Rpc.GetSlotAsync(commitment, CancellationToken.None));
        Assert.Equal("getSlot", Server.Calls[0].Method);
        Assert.Equal($$"""[{"commitment":"{{name}}"}]""", Server.Calls[0].Parameters.GetRawText());
    }

    [Fact]
    public async Task Blocks_are_asked_of_a_node_that_has_reached_the_last()
    {
        Server.Then(Reply.Result("[10,12,20]"));
        Assert.Equal([10ul, 12, 20], await Rpc.GetBlocksAsync(10, 20, Commitment.Finalized, CancellationToken.None));
        Assert.Equal("""[10,20,{"commitment":"finalized","minContextSlot":20}]""", Server.Calls[0].Parameters.GetRawText());
        Assert.Empty(await Rpc.GetBlocksAsync(5, 4, Commitment.Finalized, CancellationToken.None));
    }

    [Theory]
    [InlineData("[12,10]")]
    [InlineData("[10,10]")]
    [InlineData("[9]")]
    [InlineData("[21]")]
    [InlineData("null")]
    [InlineData("[-1]")]
    public async Task Blocks_out_of_order_or_range_are_a_lie(string lie)
    {
        Server.Then(Reply.Result(lie));
        _fixture.Servers[1].Then(Reply.Result("[15]"));
        Assert.Equal([15ul], await Rpc.GetBlocksAsync(10, 20, Commitment.Finalized, CancellationToken.None));
    }

    [Theory]
    [InlineData(true, "full")]
    [InlineData(false, "none")]
    public async Task A_block(bool transactions, string details)
    {
        Server.Then(Reply.Result("""
            {"blockHeight":5,"transactions":[{"meta":{"x":[{}]},"version":0}, {"version":1}],"blockTime":1767300000,"parentSlot":98,"previousBlockhash":"p","blockhash":"h"}
            """));
        var block = await Rpc.GetBlockAsync(100, Commitment.Confirmed, transactions, CancellationToken.None);
        Assert.Equal(
            $$"""[100,{"commitment":"confirmed","encoding":"jsonParsed","transactionDetails":"{{details}}","rewards":false,"maxSupportedTransactionVersion":1}]""",
            Server.Calls[0].Parameters.GetRawText());
        Assert.Equal((100ul, "h", 98ul, "p", DateTimeOffset.FromUnixTimeSeconds(1767300000)), (block!.Slot, block.Hash, block.ParentSlot, block.ParentHash, block.Time));
        string[] expected = transactions ? ["""{"meta":{"x":[{}]},"version":0}""", """{"version":1}"""] : [];
        Assert.Equal(expected, block.Transactions.Select(transaction => Encoding.UTF8.GetString(transaction.Json.Span)));
        Assert.All(block.Transactions, transaction => Assert.Equal((100ul, block.Time), (transaction.Slot, transaction.Time)));
    }

    [Theory]
    [InlineData(-32007)]
    [InlineData(-32009)]
    public async Task A_slot_without_a_block(int code)
    {
        Server.Then(Reply.Error(code));
        Assert.Null(await Rpc.GetBlockAsync(100, Commitment.Finalized, true, CancellationToken.None));
        Assert.Empty(_fixture.Servers[1].Calls);
    }

    [Fact]
    public async Task A_block_that_is_null_is_not_there_yet_and_never_a_gap()
    {
        Server.Then(Reply.Result("null"));
        _fixture.Servers[1].Then(Reply.Result("""{"blockhash":"h","previousBlockhash":"p","parentSlot":99,"blockTime":null,"transactions":[]}"""));
        var block = await Rpc.GetBlockAsync(100, Commitment.Finalized, true, CancellationToken.None);
        Assert.Null(block!.Time);
    }

    [Fact]
    public async Task A_block_of_an_unknown_version_is_an_answer()
    {
        Server.Then(Reply.Error(-32015, "Transaction version (2) is not supported"));
        Assert.Equal(-32015, (await Assert.ThrowsAsync<RpcException>(() => Rpc.GetBlockAsync(100, Commitment.Finalized, true, CancellationToken.None))).Code);
    }

    [Theory]
    [InlineData("""{"blockhash":"h","previousBlockhash":"p","parentSlot":99}""")]
    [InlineData("""{"blockhash":"h","previousBlockhash":"p","parentSlot":99,"transactions":null}""")]
    [InlineData("""{"blockhash":"h","previousBlockhash":"p","parentSlot":99,"transactions":[1]}""")]
    [InlineData("""{"blockhash":"h","previousBlockhash":"p","parentSlot":101,"transactions":[]}""")]
    [InlineData("""{"blockhash":7,"previousBlockhash":"p","parentSlot":99,"transactions":[]}""")]
    [InlineData("""{"previousBlockhash":"p","parentSlot":99,"transactions":[]}""")]
    [InlineData("""{"blockhash":"h","parentSlot":99,"transactions":[]}""")]
    [InlineData("""{"blockhash":"h","previousBlockhash":"p","transactions":[]}""")]
    [InlineData("""{"blockhash":"h","previousBlockhash":"p","parentSlot":99,"transactions":[],"blockTime":9223372036854775807}""")]
    [InlineData("[]")]
    public async Task A_block_without_what_makes_it_one_is_a_lie(string lie)
    {
        Server.Then(Reply.Result(lie));
        _fixture.Servers[1].Then(Reply.Result("""{"blockhash":"h","previousBlockhash":"p","parentSlot":99,"transactions":[]}"""));
        Assert.Equal("h", (await Rpc.GetBlockAsync(100, Commitment.Finalized, true, CancellationToken.None))!.Hash);
        Assert.Single(_fixture.Servers[1].Calls);
    }

    [Fact]
    public async Task Signatures_of_an_address()
    {
        Server.Then(Reply.Result("""
            [{"signature":"b","slot":899,"err":null,"memo":null,"blockTime":1767300000,"confirmationStatus":"finalized"},
             {"signature":"a","slot":898,"err":{"InstructionError":[0,{"Custom":1}]},"blockTime":null}]
            """));
        Assert.Equal(
            [new SignatureInfo("b", 899, false), new SignatureInfo("a", 898, true)],
            await Rpc.GetSignaturesForAddressAsync(Mint, "c", 1_000, Commitment.Finalized, 880, CancellationToken.None));
        Assert.Equal($$"""["{{Mint}}",{"commitment":"finalized","minContextSlot":880,"limit":1000,"before":"c"}]""", Server.Calls[0].Parameters.GetRawText());

        Server.Then(Reply.Result("[]"));
        Assert.Empty(await Rpc.GetSignaturesForAddressAsync(Mint, null, 5, Commitment.Confirmed, null, CancellationToken.None));
        Assert.Equal("""{"commitment":"confirmed","limit":5}""", Server.Calls[1].Configuration.GetRawText());
    }

    [Fact]
    public async Task A_transaction_or_not_yet()
    {
        Server.Then(Reply.Result("""{ "slot":899,"meta":{},"blockTime":null,"version":"legacy","transaction":{"x":"}"}}"""), Reply.Result("null"));
        var transaction = await Rpc.GetTransactionAsync("s", Commitment.Confirmed, CancellationToken.None);
        Assert.Equal("""["s",{"commitment":"confirmed","encoding":"jsonParsed","maxSupportedTransactionVersion":1}]""", Server.Calls[0].Parameters.GetRawText());
        Assert.Equal((899ul, null), (transaction!.Slot, transaction.Time));
        using var json = JsonDocument.Parse(transaction.Json);
        Assert.Equal("}", json.RootElement.GetProperty("transaction").GetProperty("x").GetString());
        Assert.Null(await Rpc.GetTransactionAsync("s", Commitment.Confirmed, CancellationToken.None));
    }

    [Fact]
    public async Task The_supply_in_base_units()
    {
        Server.Then(Reply.Result("""{"context":{"apiVersion":"2.0","slot":901},"value":{"amount":"18446744073709551615","decimals":6,"uiAmount":1e15,"uiAmountString":"x"}}"""));
        Assert.Equal(new InContext<TokenAmount>(901, new TokenAmount(ulong.MaxValue, 6)), await Rpc.GetTokenSupplyAsync(Mint, Commitment.Finalized, CancellationToken.None));
    }

    [Fact]
    public async Task All_token_accounts_of_an_owner_and_others_are_skipped()
    {
        Server.Then(Reply.Result($$$"""
            {"context":{"slot":900},"value":[{{{Account("a", "o", Mint, "18446744073709551615")}}},{{{Account("b", "o", Mint, "0")}}},
             {"pubkey":"c","account":{"data":["AA==","base64"]}}, {"pubkey":"d","account":{"data":{"parsed":{"type":"mint","info":{} } } } }, {{{Account("e", "o", Mint, "1.5")}}}]}
            """));
        var accounts = await Rpc.GetTokenAccountsByOwnerAsync("o", Mint, Commitment.Confirmed, 900, CancellationToken.None);
        Assert.Equal($$"""["o",{"mint":"{{Mint}}"},{"commitment":"confirmed","minContextSlot":900,"encoding":"jsonParsed"}]""", Server.Calls[0].Parameters.GetRawText());
        Assert.Equal(900ul, accounts.Slot);
        Assert.Equal([new TokenAccount("a", "o", ulong.MaxValue), new TokenAccount("b", "o", 0)], accounts.Value);
    }

    [Theory]
    [InlineData(899, "o", Mint)]
    [InlineData(900, "x", Mint)]
    [InlineData(900, "o", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")]
    public async Task An_old_slot_another_owner_and_another_mint_are_not_believed(ulong slot, string owner, string mint)
    {
        Server.Then(Reply.Result($$"""{"context":{"slot":{{slot}} },"value":[{{Account("a", owner, mint, "1")}}]}"""));
        _fixture.Servers[1].Then(Reply.Result("""{"context":{"slot":905},"value":[]}"""));
        Assert.Equal(905ul, (await Rpc.GetTokenAccountsByOwnerAsync("o", Mint, Commitment.Confirmed, 900, CancellationToken.None)).Slot);
        Assert.NotNull(_fixture.Pool.Report()[0].LastError);
    }

    [Fact]
    public async Task All_token_accounts_of_a_mint_are_those_of_both_programs()
    {
        Server.Otherwise = async (call, http) =>
        {
            var newer = call.Parameters[0].GetString() == TokenPrograms.Token2022;
            await Reply.Result($$"""{"context":{"slot":{{(newer ? 901 : 900)}} },"value":[{{Account(newer ? "b" : "a", "o", Mint, "1")}}]}""")(call, http);
        };
        var accounts = await Rpc.GetTokenAccountsByMintAsync(Mint, Commitment.Finalized, 900, CancellationToken.None);
        Assert.Equal(["a", "b"], accounts.Value.Select(account => account.Address));
        Assert.Equal(900ul, accounts.Slot);
        Assert.Equal(
            $$"""{"commitment":"finalized","minContextSlot":900,"encoding":"jsonParsed","withContext":true,"filters":[{"memcmp":{"offset":0,"bytes":"{{Mint}}"} }]}""".Replace(" ", "", StringComparison.Ordinal),
            Server.Calls[0].Configuration.GetRawText());
    }

    /// <summary>A mint is of one program, and what the other one's empty list holds for says nothing.</summary>
    [Theory]
    [InlineData(895)]
    [InlineData(905)]
    public async Task The_slot_of_a_list_is_that_of_the_program_with_accounts(ulong empty)
    {
        Server.Otherwise = async (call, http) => await Reply.Result(call.Parameters[0].GetString() == TokenPrograms.Token2022
            ? $$"""{"context":{"slot":{{empty}} },"value":[]}"""
            : $$"""{"context":{"slot":900},"value":[{{Account("a", "o", Mint, "1")}}]}""")(call, http);
        Assert.Equal(900ul, (await Rpc.GetTokenAccountsByMintAsync(Mint, Commitment.Finalized, null, CancellationToken.None)).Slot);
    }

    [Fact]
    public async Task The_accounts_of_a_mint_are_not_believed_from_who_is_behind()
    {
        Server.Otherwise = Reply.Result("""{"context":{"slot":899},"value":[]}""");
        _fixture.Servers[1].Otherwise = Reply.Result($$"""{"context":{"slot":900},"value":[{{Account("a", "o", Mint, "1")}}]}""");
        var accounts = await Rpc.GetTokenAccountsByMintAsync(Mint, Commitment.Finalized, 900, CancellationToken.None);
        Assert.Equal(900ul, accounts.Slot);
        Assert.NotEmpty(accounts.Value);
        Assert.All(accounts.Value, account => Assert.Equal("a", account.Address));
        Assert.Contains("older slot", _fixture.Pool.Report()[0].LastError, StringComparison.Ordinal);
    }

    private static string Account(string address, string owner, string mint, string amount) =>
        "{\"pubkey\":\"" + address + "\",\"account\":{\"lamports\":2039280,\"owner\":\"x\",\"rentEpoch\":18446744073709551615,\"data\":{\"program\":\"spl-token\",\"parsed\":"
        + "{\"type\":\"account\",\"info\":{\"mint\":\"" + mint + "\",\"owner\":\"" + owner + "\",\"tokenAmount\":{\"amount\":\"" + amount + "\",\"decimals\":6,\"uiAmount\":null}}}}}}";
}
