using System.Text.Json;

namespace WildNOut.Chain.Rpc;

/// <summary>The methods with their parameters and results.</summary>
internal static class Calls
{
    public const string Slot = "getSlot";

    /// <summary>The newest transaction version that the decoder is written for; a node refuses whole blocks that hold a newer one than is named.</summary>
    private const int MaxTransactionVersion = 1;

    public static RpcCall<ulong> GetSlot(Commitment commitment, ulong? minSlot = null) => new(
        Slot,
        json => json.Configuration(commitment, minSlot),
        (ref reader, _) => reader.UInt64())
    {
        MinSlot = minSlot,
        SlotOf = slot => slot,
    };

    public static RpcCall<IReadOnlyList<ulong>> GetBlocks(ulong first, ulong last, Commitment commitment) => new(
        "getBlocks",
        json =>
        {
            json.WriteNumberValue(first);
            json.WriteNumberValue(last);
            json.Configuration(commitment, last);
        },
        (ref reader, _) => Ascending(RpcJson.Read(ref reader, RpcJson.Default.UInt64Array), first, last));

    public static RpcCall<Block?> GetBlock(ulong slot, Commitment commitment, bool transactions) => new(
        "getBlock",
        json =>
        {
            json.WriteNumberValue(slot);
            json.Configuration(commitment, null, static (json, full) =>
            {
                json.WriteString("encoding", "jsonParsed");
                json.WriteString("transactionDetails", full ? "full" : "none");
                json.WriteBoolean("rewards", false);
                json.WriteNumber("maxSupportedTransactionVersion", MaxTransactionVersion);
            }, transactions);
        },
        (ref reader, answer) => BlockReader.Read(ref reader, answer, slot, transactions))
    {
        KeepsAnswer = transactions,
        // A skipped slot is told by an error; older nodes say null for a block that is not there yet.
        NullIsNotNow = true,
    };

    public static RpcCall<IReadOnlyList<SignatureInfo>> GetSignaturesForAddress(string address, string? before, int limit, Commitment commitment, ulong? minSlot) => new(
        "getSignaturesForAddress",
        json =>
        {
            json.WriteStringValue(address);
            json.Configuration(commitment, minSlot, static (json, page) =>
            {
                json.WriteNumber("limit", page.limit);
                if (page.before is not null)
                {
                    json.WriteString("before", page.before);
                }
            }, (limit, before));
        },
        static (ref reader, _) => [.. RpcJson.Read(ref reader, RpcJson.Default.SignatureLineArray).Select(line => line.ToInfo())]);

    public static RpcCall<BlockTransaction?> GetTransaction(string signature, Commitment commitment) => new(
        "getTransaction",
        json =>
        {
            json.WriteStringValue(signature);
            json.Configuration(commitment, null, static (json, version) =>
            {
                json.WriteString("encoding", "jsonParsed");
                json.WriteNumber("maxSupportedTransactionVersion", version);
            }, MaxTransactionVersion);
        },
        static (ref reader, answer) => BlockReader.ReadTransaction(ref reader, answer))
    {
        KeepsAnswer = true,
    };

    public static RpcCall<InContext<TokenAmount>> GetTokenSupply(string mint, Commitment commitment) => new(
        "getTokenSupply",
        json =>
        {
            json.WriteStringValue(mint);
            json.Configuration(commitment);
        },
        static (ref reader, _) =>
        {
            var supply = RpcJson.Read(ref reader, RpcJson.Default.SupplyResult);
            return new InContext<TokenAmount>(supply.Context.Slot, new TokenAmount(supply.Value.Amount, supply.Value.Decimals));
        });

    public static RpcCall<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByOwner(string owner, string mint, Commitment commitment, ulong? minSlot) => new(
        "getTokenAccountsByOwner",
        json =>
        {
            json.WriteStringValue(owner);
            json.WriteStartObject();
            json.WriteString("mint", mint);
            json.WriteEndObject();
            json.Configuration(commitment, minSlot, static (json, encoding) => json.WriteString("encoding", encoding), "jsonParsed");
        },
        (ref reader, _) => TokenAccountReader.ReadInContext(ref reader, mint, owner))
    {
        MinSlot = minSlot,
        SlotOf = accounts => accounts.Slot,
    };

    public static RpcCall<InContext<IReadOnlyList<TokenAccount>>> GetProgramAccounts(string program, string mint, Commitment commitment, ulong? minSlot) => new(
        "getProgramAccounts",
        json => json.TokenAccountsOf(program, mint, commitment, minSlot, withContext: true),
        (ref reader, _) => TokenAccountReader.ReadInContext(ref reader, mint))
    {
        MinSlot = minSlot,
        SlotOf = accounts => accounts.Slot,
    };

    private static ulong[] Ascending(ulong[] slots, ulong first, ulong last)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] < first || slots[i] > last || (i > 0 && slots[i] <= slots[i - 1]))
            {
                throw new JsonException("Slots out of order or out of range.");
            }
        }

        return slots;
    }
}
