namespace WildNOut.Chain.Rpc;

/// <summary>Solana's JSON-RPC over a pool of endpoints.</summary>
/// <param name="pool">Asks.</param>
public sealed class SolanaRpc(RpcPool pool) : ISolanaRpc
{
    /// <inheritdoc />
    public Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellation) => pool.CallAsync(Calls.GetSlot(commitment), cancellation);

    /// <inheritdoc />
    public Task<ulong> GetSlotAsync(Commitment commitment, ulong minContextSlot, CancellationToken cancellation) =>
        pool.CallAsync(Calls.GetSlot(commitment, minContextSlot), cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellation) =>
        first > last ? Task.FromResult<IReadOnlyList<ulong>>([]) : pool.CallAsync(Calls.GetBlocks(first, last, commitment), cancellation);

    /// <inheritdoc />
    public async Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, bool transactions, CancellationToken cancellation)
    {
        try
        {
            return await pool.CallAsync(Calls.GetBlock(slot, commitment, transactions), cancellation);
        }
        catch (RpcException answer) when (answer.Code is ErrorCodes.SlotSkipped or ErrorCodes.LongTermStorageSlotSkipped)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<SignatureInfo>> GetSignaturesForAddressAsync(
        string address, string? before, int limit, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) =>
        pool.CallAsync(Calls.GetSignaturesForAddress(address, before, limit, commitment, minContextSlot), cancellation);

    /// <inheritdoc />
    public Task<BlockTransaction?> GetTransactionAsync(string signature, Commitment commitment, CancellationToken cancellation) =>
        pool.CallAsync(Calls.GetTransaction(signature, commitment), cancellation);

    /// <inheritdoc />
    public Task<InContext<TokenAmount>> GetTokenSupplyAsync(string mint, Commitment commitment, CancellationToken cancellation) =>
        pool.CallAsync(Calls.GetTokenSupply(mint, commitment), cancellation);

    /// <inheritdoc />
    public Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByOwnerAsync(
        string owner, string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) =>
        pool.CallAsync(Calls.GetTokenAccountsByOwner(owner, mint, commitment, minContextSlot), cancellation);

    /// <inheritdoc />
    public async Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByMintAsync(
        string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation)
    {
        var lists = await Task.WhenAll(
            TokenPrograms.All.Select(program => pool.CallAsync(Calls.GetProgramAccounts(program, mint, commitment, minContextSlot), cancellation)));
        // A mint is of one program; what the other says is empty, and older or newer.
        var told = Array.FindAll(lists, list => list.Value.Count > 0);
        var slot = (told.Length > 0 ? told : lists).Min(list => list.Slot);
        return new InContext<IReadOnlyList<TokenAccount>>(slot, [.. lists.SelectMany(list => list.Value)]);
    }
}
