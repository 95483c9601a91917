using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SimpleBase;

namespace WildNOut.Chain.Tests.Transfers.Decoding;

internal enum SimulatedAction
{
    Transfer,
    TransferChecked,
    TransferWithFee,
    Mint,
    Burn,
    HandOver,
    Open,
    Close,
}

/// <summary>A step that a simulated transaction tries.</summary>
/// <param name="Action">What to do.</param>
/// <param name="From">The account, 0 to 5.</param>
/// <param name="To">The other account, or the owner by its number.</param>
/// <param name="Amount">What to move, cut to what is there.</param>
/// <param name="Hidden">Whether the node does not parse the instruction.</param>
/// <param name="Inner">Whether another program calls it.</param>
/// <param name="Batched">Whether it comes in a batch.</param>
internal sealed record SimulatedStep(SimulatedAction Action, int From, int To, ulong Amount, bool Hidden, bool Inner, bool Batched);

internal sealed record SimulatedFlow(string? Sender, string? Recipient, ulong Amount, ulong Fee);

/// <summary>Carries steps out as the token programs do, and writes them down as a node does.</summary>
internal sealed class SimulatedTransaction
{
    public static readonly string Mint = Id("mint");

    private const string Token = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    private const string Token2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";

    private readonly (string Owner, ulong Balance)?[] _before = new (string, ulong)?[6];
    private readonly (string Owner, ulong Balance)?[] _accounts;
    private readonly bool _token2022;
    private readonly List<SimulatedFlow> _flows = [];
    private readonly JsonArray _outer = [];
    private readonly SortedDictionary<int, JsonArray> _inner = [];

    private SimulatedTransaction(ulong[] balances, bool token2022)
    {
        for (var i = 0; i < balances.Length; i++)
        {
            _before[i] = (Owner(i % 3), balances[i] / 8);
        }

        _accounts = [.. _before];
        _token2022 = token2022;
    }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<SimulatedFlow> Flows => _flows;

    public static SimulatedTransaction Run(ulong[] balances, IEnumerable<SimulatedStep> steps, bool token2022)
    {
        var transaction = new SimulatedTransaction(balances, token2022);
        foreach (var step in steps)
        {
            transaction.Do(step);
        }

        return transaction;
    }

    public static SortedDictionary<string, Int128> WithoutZeros(SortedDictionary<string, Int128> changes) =>
        new(changes.Where(pair => pair.Value != 0).ToDictionary(), StringComparer.Ordinal);

    /// <summary>By how much the balance of each owner changed.</summary>
    public SortedDictionary<string, Int128> Changes()
    {
        var changes = new SortedDictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var (account, sign) in _before.Select(account => (account, -1)).Concat(_accounts.Select(account => (account, 1))))
        {
            if (account is var (owner, balance))
            {
                changes[owner] = changes.GetValueOrDefault(owner) + ((Int128)balance * sign);
            }
        }

        return WithoutZeros(changes);
    }

    public byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["transaction"] = new JsonObject
        {
            ["signatures"] = new JsonArray(Base58.Bitcoin.Encode(SHA512.HashData("signature"u8))),
            ["message"] = new JsonObject
            {
                ["accountKeys"] = new JsonArray([.. Enumerable.Range(0, _accounts.Length).Select(i => new JsonObject { ["pubkey"] = Account(i) })]),
                ["instructions"] = _outer.DeepClone(),
            },
        },
        ["meta"] = new JsonObject
        {
            ["err"] = null,
            ["innerInstructions"] = new JsonArray([.. _inner.Select(pair => new JsonObject { ["index"] = pair.Key, ["instructions"] = pair.Value.DeepClone() })]),
            ["preTokenBalances"] = Balances(_before),
            ["postTokenBalances"] = Balances(_accounts),
            ["rewards"] = new JsonArray(Mint),
        },
        ["version"] = 0,
    });

    private void Do(SimulatedStep step)
    {
        var (from, to) = (_accounts[step.From], _accounts[step.To]);
        (string Type, JsonObject Info)? done = step.Action switch
        {
            SimulatedAction.Open when from is null => Open(step.From, Owner(step.To)),
            SimulatedAction.Close when from is { Balance: 0 } => Close(step.From),
            SimulatedAction.HandOver when from is not null => HandOver(step.From, Owner(step.To)),
            SimulatedAction.Mint when from is not null => MintTo(step.From, Math.Min(step.Amount, 1_000_000)),
            SimulatedAction.Burn when from is { Balance: var balance } => Burn(step.From, Math.Min(step.Amount, balance)),
            SimulatedAction.TransferWithFee when !_token2022 => null,
            SimulatedAction.Transfer or SimulatedAction.TransferChecked or SimulatedAction.TransferWithFee when from is { Balance: var balance } && to is not null =>
                Transfer(step, Math.Min(step.Amount, balance)),
            _ => null,
        };
        if (done is var (type, info))
        {
            Write(step, type, info);
        }
    }

    private (string, JsonObject) Open(int account, string owner)
    {
        _accounts[account] = (owner, 0);
        return ("initializeAccount3", new JsonObject { ["account"] = Account(account), ["mint"] = Mint, ["owner"] = owner });
    }

    private (string, JsonObject) Close(int account)
    {
        _accounts[account] = null;
        return ("closeAccount", new JsonObject { ["account"] = Account(account), ["destination"] = Owner(0), ["owner"] = Owner(0) });
    }

    private (string, JsonObject) HandOver(int account, string owner)
    {
        var (before, balance) = _accounts[account]!.Value;
        if (before != owner && balance > 0)
        {
            _flows.Add(new SimulatedFlow(before, owner, balance, 0));
        }

        _accounts[account] = (owner, balance);
        return ("setAuthority", new JsonObject { ["account"] = Account(account), ["authority"] = before, ["authorityType"] = "accountOwner", ["newAuthority"] = owner });
    }

    private (string, JsonObject) MintTo(int account, ulong amount)
    {
        _flows.Add(new SimulatedFlow(null, Add(account, (Int128)amount), amount, 0));
        return ("mintTo", new JsonObject { ["account"] = Account(account), ["mint"] = Mint, ["amount"] = $"{amount}" });
    }

    private (string, JsonObject) Burn(int account, ulong amount)
    {
        _flows.Add(new SimulatedFlow(Add(account, -(Int128)amount), null, amount, 0));
        return ("burnChecked", new JsonObject { ["account"] = Account(account), ["mint"] = Mint, ["tokenAmount"] = Quantity(amount) });
    }

    private (string, JsonObject) Transfer(SimulatedStep step, ulong amount)
    {
        var fee = _token2022 && step.From != step.To ? (amount / 100) + (amount % 100 > 0 ? 1UL : 0) : 0;
        _flows.Add(new SimulatedFlow(Add(step.From, -(Int128)amount), Add(step.To, (Int128)amount - fee), amount - fee, fee));
        var info = new JsonObject { ["source"] = Account(step.From), ["destination"] = Account(step.To) };
        if (step.Action == SimulatedAction.Transfer && !_token2022)
        {
            info["amount"] = $"{amount}";
            return ("transfer", info);
        }

        info["mint"] = Mint;
        info["tokenAmount"] = Quantity(amount);
        if (step.Action != SimulatedAction.TransferWithFee)
        {
            return ("transferChecked", info);
        }

        info["feeAmount"] = Quantity(fee);
        return ("transferCheckedWithFee", info);
    }

    private string Add(int account, Int128 amount)
    {
        var (owner, balance) = _accounts[account]!.Value;
        _accounts[account] = (owner, (ulong)(balance + amount));
        return owner;
    }

    private void Write(SimulatedStep step, string type, JsonObject info)
    {
        var parsed = new JsonObject { ["info"] = info, ["type"] = type };
        if (step.Batched)
        {
            parsed = new JsonObject { ["info"] = new JsonObject { ["instructions"] = new JsonArray(parsed) }, ["type"] = "batch" };
        }

        var instruction = step.Hidden
            ? new JsonObject { ["accounts"] = new JsonArray(), ["data"] = "3Bxs4", ["programId"] = Id("router") }
            : new JsonObject { ["parsed"] = parsed, ["program"] = "spl-token", ["programId"] = _token2022 ? Token2022 : Token };
        if (step.Inner && _outer.Count > 0)
        {
            var place = _outer.Count - 1;
            var calls = _inner.TryGetValue(place, out var known) ? known : _inner[place] = [];
            calls.Add(instruction);
        }
        else
        {
            _outer.Add(instruction);
        }
    }

    private JsonArray Balances((string Owner, ulong Balance)?[] accounts) => new([.. accounts.Index().Where(account => account.Item is not null).Select(account => new JsonObject
    {
        ["accountIndex"] = account.Index,
        ["mint"] = Mint,
        ["owner"] = account.Item!.Value.Owner,
        ["programId"] = _token2022 ? Token2022 : Token,
        ["uiTokenAmount"] = Quantity(account.Item.Value.Balance),
    })]);

    private static JsonObject Quantity(ulong amount) => new() { ["amount"] = $"{amount}", ["decimals"] = 6, ["uiAmount"] = amount / 1e6 };

    private static string Account(int number) => Id($"account {number}");

    private static string Owner(int number) => Id($"owner {number}");

    private static string Id(string name) => Base58.Bitcoin.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
