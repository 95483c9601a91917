using System.Globalization;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Transfers.Accounts;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>Histories are read back to a slot, whatever the pages are like.</summary>
public sealed class SignatureHistoriesSpec
{
    [Fact]
    public async Task Pages_are_read_back_to_the_slot_and_failed_transactions_are_left_out()
    {
        var rpc = new Pages((null, [Line(9), Line(8, failed: true)]), ("s8", [Line(7), Line(6)]), ("s6", [Line(5), Line(4)]));
        Assert.Equal(["s9", "s7", "s6", "s5"], await ReadAsync(rpc, after: 4));
        Assert.Equal([null, "s8", "s6"], rpc.Asked);
    }

    [Fact]
    public async Task A_short_page_is_not_the_end_and_an_empty_one_is()
    {
        var rpc = new Pages((null, [Line(9)]), ("s9", [Line(8)]), ("s8", []));
        Assert.Equal(["s9", "s8"], await ReadAsync(rpc, after: 0));
    }

    /// <summary>Nodes before Agave 4.0 answer a line that they do not know with an empty page.</summary>
    [Fact]
    public async Task Nothing_behind_a_full_page_is_believed_from_who_knows_its_last_line()
    {
        SignatureInfo[] full = [.. Enumerable.Range(0, 1_000).Select(n => Line(2_000 - (ulong)n))];
        var rpc = new Pages((null, full), ("s1001", []), ("s1002", []), (null, full), ("s1001", [Line(1_000)]), ("s1000", []));
        Assert.Equal(1_001, (await ReadAsync(rpc, after: 0)).Distinct().Count());
        Assert.Equal([null, "s1001", "s1002", null, "s1001", "s1000"], rpc.Asked);

        var elsewhere = new Pages((null, full), ("s1001", []), ("s1002", [Line(1_001), Line(1_000)]), ("s1000", []));
        Assert.Equal("s1000", (await ReadAsync(elsewhere, after: 0))[^1]);

        var end = new Pages((null, full), ("s1001", []), ("s1002", [Line(1_001)]));
        Assert.Equal(1_000, (await ReadAsync(end, after: 0)).Count);
    }

    [Fact]
    public async Task A_line_that_the_node_does_not_know_any_more_leads_back_to_the_newest()
    {
        var rpc = new Pages((null, [Line(9), Line(8)]), ("s8", null), (null, [Line(10), Line(7)]), ("s7", [Line(6)]), ("s6", []));
        Assert.Equal(["s10", "s9", "s8", "s7", "s6"], (await ReadAsync(rpc, after: 0)).OrderByDescending(signature => int.Parse(signature[1..], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_history_that_never_holds_still_is_given_up()
    {
        var rpc = new Pages([.. Enumerable.Range(0, 20).Select(turn => turn % 2 == 0 ? ((string?)null, (SignatureInfo[]?)[Line(9)]) : ("s9", null))]);
        await Assert.ThrowsAsync<RpcUnavailableException>(() => ReadAsync(rpc, after: 0));
        Assert.Equal(8, rpc.Asked.Count);
    }

    [Fact]
    public async Task A_page_that_leads_to_itself_is_given_up()
    {
        var rpc = new Pages((null, [Line(9)]), ("s9", [Line(9)]));
        await Assert.ThrowsAsync<RpcUnavailableException>(() => ReadAsync(rpc, after: 0));
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(Pages rpc, ulong after)
    {
        List<string> lines = [];
        await new SignatureHistories(rpc).ReadAsync(["address"], after, Commitment.Finalized, 10, line => lines.Add(line.Signature), CancellationToken.None);
        return lines;
    }

    private static SignatureInfo Line(ulong slot, bool failed = false) => new($"s{slot}", slot, failed);

    /// <summary>Answers with one page after the other, each to the question that it belongs to; null stands for a signature that is not known.</summary>
    private sealed class Pages(params (string? Before, SignatureInfo[]? Lines)[] pages) : ISolanaRpc
    {
        public List<string?> Asked { get; } = [];

        public Task<IReadOnlyList<SignatureInfo>> GetSignaturesForAddressAsync(
            string address, string? before, int limit, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation)
        {
            var (expected, lines) = pages[Asked.Count];
            Asked.Add(before);
            Assert.Equal(expected, before);
            Assert.Equal(10ul, minContextSlot);
            return lines is null ? Task.FromException<IReadOnlyList<SignatureInfo>>(new RpcException(-32020, "not found")) : Task.FromResult<IReadOnlyList<SignatureInfo>>(lines);
        }

        public Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, bool transactions, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<BlockTransaction?> GetTransactionAsync(string signature, Commitment commitment, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<InContext<TokenAmount>> GetTokenSupplyAsync(string mint, Commitment commitment, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByOwnerAsync(
            string owner, string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByMintAsync(string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
