using System.Text.Json;
using System.Text.Json.Nodes;
using SimpleBase;

namespace WildNOut.Benchmarks.Workloads;

/// <summary>Transactions as a node sends them (<c>jsonParsed</c>), every one with addresses of its own: by turns a transfer with a memo and a swap with a pool.</summary>
internal sealed class TransactionTexts
{
    private const string Token = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    private const string WrappedSol = "So11111111111111111111111111111111111111112";

    private readonly Random _random = new(1);

    /// <summary>The token's mint.</summary>
    public string Mint { get; }

    /// <summary>The owner of the pool.</summary>
    public string Pool { get; }

    /// <summary>Draws a mint and a pool.</summary>
    public TransactionTexts() => (Mint, Pool) = (Id(), Id());

    /// <summary>Transactions that move the token.</summary>
    public byte[][] OfTheToken(int count) => [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? Transfer(Mint) : Swap(Mint))];

    /// <summary>Transactions that move other tokens.</summary>
    public byte[][] OfOthers(int count) => [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? Transfer(Id()) : Swap(Id()))];

    private byte[] Transfer(string mint)
    {
        var (sender, recipient, from, to) = (Id(), Id(), Id(), Id());
        string[] addresses = [sender, from, to, recipient, mint, Token, .. Ids(12)];
        return Transaction(
            addresses,
            [Unparsed(addresses, 0), Unparsed(addresses, 0), Parsed("spl-memo", addresses[7], "gm, for the battle"), TransferChecked(mint, from, to, sender, 250)],
            [],
            [Balance(1, mint, sender, 1_000), Balance(2, mint, recipient, 7)],
            [Balance(1, mint, sender, 750), Balance(2, mint, recipient, 257)]);
    }

    private byte[] Swap(string mint)
    {
        var (trader, sol, tokens, poolSol, poolTokens) = (Id(), Id(), Id(), Id(), Id());
        string[] addresses = [trader, sol, tokens, poolSol, poolTokens, mint, Token, Pool, .. Ids(10)];
        return Transaction(
            addresses,
            [Unparsed(addresses, 0), Unparsed(addresses, 0), Unparsed(addresses, 14)],
            [PlainTransfer(sol, poolSol, trader, 5_000), PlainTransfer(poolTokens, tokens, Pool, 123)],
            [Balance(1, WrappedSol, trader, 5_000), Balance(2, mint, trader, 0), Balance(3, WrappedSol, Pool, 1), Balance(4, mint, Pool, 1_000)],
            [Balance(1, WrappedSol, trader, 0), Balance(2, mint, trader, 123), Balance(3, WrappedSol, Pool, 5_001), Balance(4, mint, Pool, 877)]);
    }

    private byte[] Transaction(string[] addresses, JsonNode[] outer, JsonNode[] inner, JsonNode[] before, JsonNode[] after) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["transaction"] = new JsonObject
        {
            ["signatures"] = new JsonArray(Id(64)),
            ["message"] = new JsonObject
            {
                ["accountKeys"] = new JsonArray([.. addresses.Index().Select(Address)]),
                ["recentBlockhash"] = Id(),
                ["instructions"] = new JsonArray(outer),
                ["addressTableLookups"] = new JsonArray(),
            },
        },
        ["meta"] = new JsonObject
        {
            ["err"] = null,
            ["status"] = new JsonObject { ["Ok"] = null },
            ["fee"] = 5_000,
            ["preBalances"] = new JsonArray([.. addresses.Select(_ => JsonValue.Create(_random.Next(2_039_280, 900_000_000)))]),
            ["postBalances"] = new JsonArray([.. addresses.Select(_ => JsonValue.Create(_random.Next(2_039_280, 900_000_000)))]),
            ["innerInstructions"] = new JsonArray(inner.Length == 0 ? [] : [new JsonObject { ["index"] = 2, ["instructions"] = new JsonArray(inner) }]),
            ["logMessages"] = new JsonArray($"Program {Token} invoke [1]", "Program log: Instruction: TransferChecked", $"Program {Token} consumed 6200 of 200000 compute units", $"Program {Token} success"),
            ["preTokenBalances"] = new JsonArray(before),
            ["postTokenBalances"] = new JsonArray(after),
            ["rewards"] = new JsonArray(),
            ["computeUnitsConsumed"] = 6_500,
        },
        ["version"] = 0,
    });

    private static JsonNode Address((int Index, string Item) address) =>
        new JsonObject { ["pubkey"] = address.Item, ["signer"] = address.Index == 0, ["source"] = "transaction", ["writable"] = address.Index < 5 };

    private static JsonObject Unparsed(string[] addresses, int accounts) =>
        new() { ["accounts"] = new JsonArray([.. addresses.Take(accounts).Select(address => JsonValue.Create(address))]), ["data"] = "3gJqkocMWaMm", ["programId"] = addresses[^1], ["stackHeight"] = 1 };

    private static JsonObject Parsed(string program, string programId, JsonNode parsed) =>
        new() { ["parsed"] = parsed, ["program"] = program, ["programId"] = programId, ["stackHeight"] = 1 };

    private static JsonObject TransferChecked(string mint, string from, string to, string authority, ulong amount) => Parsed("spl-token", Token, new JsonObject
    {
        ["info"] = new JsonObject { ["authority"] = authority, ["destination"] = to, ["mint"] = mint, ["source"] = from, ["tokenAmount"] = Quantity(amount) },
        ["type"] = "transferChecked",
    });

    private static JsonObject PlainTransfer(string from, string to, string authority, ulong amount) => Parsed("spl-token", Token, new JsonObject
    {
        ["info"] = new JsonObject { ["amount"] = $"{amount}", ["authority"] = authority, ["destination"] = to, ["source"] = from },
        ["type"] = "transfer",
    });

    private static JsonObject Balance(int account, string mint, string owner, ulong amount) =>
        new() { ["accountIndex"] = account, ["mint"] = mint, ["uiTokenAmount"] = Quantity(amount), ["owner"] = owner, ["programId"] = Token };

    private static JsonObject Quantity(ulong amount) => new() { ["amount"] = $"{amount}", ["decimals"] = 6, ["uiAmount"] = amount / 1e6, ["uiAmountString"] = $"{amount / 1e6}" };

    private string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => Id())];

    private string Id(int bytes = 32)
    {
        var id = new byte[bytes];
        _random.NextBytes(id);
        return Base58.Bitcoin.Encode(id);
    }
}
