using System.Text.Json;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>What somebody listens to.</summary>
/// <param name="Method">The name of its notices, such as <c>slotNotification</c>.</param>
/// <param name="Notices">The notices that a block leads to; each writes the member <c>result</c>.</param>
internal sealed record Subscription(string Method, Func<ChainStep, IEnumerable<Action<Utf8JsonWriter>>> Notices);

/// <summary>The subscriptions that a server of the devnet knows.</summary>
internal sealed class SubscriptionMethods(SimulatedChain chain)
{
    private readonly AccountJson _accounts = new(chain);
    private readonly TransactionJson _transactions = new(chain.Options, chain.Book);

    /// <summary>The subscription that a method makes; null when there is no such method.</summary>
    /// <exception cref="RpcParameterException">Its parameters cannot be understood.</exception>
    public Subscription? Make(string method, RpcParameters parameters) => method switch
    {
        "slotSubscribe" => new Subscription("slotNotification", step => [json => WriteSlot(json, step)]),
        "logsSubscribe" => Logs(parameters),
        "accountSubscribe" => Account(parameters),
        "programSubscribe" => Program(parameters),
        _ => null,
    };

    private static void WriteSlot(Utf8JsonWriter json, ChainStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("parent", step.Processed.Parent.Slot);
        json.WriteNumber("root", step.Root);
        json.WriteNumber("slot", step.Processed.Slot);
        json.WriteEndObject();
    }

    private Subscription Logs(RpcParameters parameters)
    {
        var address = Mentioned(parameters);
        var commitment = parameters.Config(1).Commitment;
        return new Subscription("logsNotification", step =>
            from block in Blocks(step, commitment)
            from transaction in block.Transactions
            where address is null || transaction.Keys.Any(key => key.Address == address)
            select (Action<Utf8JsonWriter>)(json => ContextJson.Write(json, block.Slot, value => WriteLogs(value, transaction))));
    }

    private static string? Mentioned(RpcParameters parameters)
    {
        if (parameters.At(0) is { ValueKind: JsonValueKind.String } all && all.GetString() is "all" or "allWithVotes")
        {
            return null;
        }

        return new RpcConfig(parameters.Object(0)).Member("mentions") is { ValueKind: JsonValueKind.Array } mentions && mentions.GetArrayLength() == 1
            ? mentions[0].GetString()
            : throw new RpcParameterException("Invalid Request: Only 1 address supported");
    }

    private void WriteLogs(Utf8JsonWriter json, SimulatedTransaction transaction)
    {
        json.WriteStartObject();
        json.WriteString("signature", transaction.Signature);
        json.WritePropertyName("err");
        TransactionJson.WriteError(json, transaction);
        json.WriteStartArray("logs");
        foreach (var line in _transactions.Logs(transaction))
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private Subscription Account(RpcParameters parameters)
    {
        var address = parameters.Address(0);
        var commitment = parameters.Config(1).Commitment;
        return new Subscription("accountNotification", step =>
            from block in Blocks(step, commitment)
            from change in Changed(block)
            where change.Address == address
            select (Action<Utf8JsonWriter>)(json => ContextJson.Write(json, block.Slot, value => WriteAccount(value, change.Account))));
    }

    private void WriteAccount(Utf8JsonWriter json, SimulatedAccount? account)
    {
        if (account is null)
        {
            AccountJson.WriteClosed(json);
        }
        else
        {
            _accounts.Write(json, account);
        }
    }

    private Subscription Program(RpcParameters parameters)
    {
        var config = parameters.Config(1);
        var filter = AccountFilter.Read(chain, _accounts.Space, parameters.Address(0), config);
        var commitment = config.Commitment;
        return new Subscription("programNotification", step =>
            from block in Blocks(step, commitment)
            from change in Changed(block)
            where change.Account is not null && filter.Admits(change.Account)
            select (Action<Utf8JsonWriter>)(json => ContextJson.Write(json, block.Slot, value => _accounts.WriteKeyed(value, change.Account))));
    }

    private static IReadOnlyList<SimulatedBlock> Blocks(ChainStep step, Commitment commitment) => commitment switch
    {
        Commitment.Processed => [step.Processed],
        Commitment.Confirmed => step.Confirmed,
        _ => step.Finalized,
    };

    /// <summary>The accounts that a block changed, as it left them: whoever listens hears one notice a block for each.</summary>
    private static IEnumerable<(string Address, SimulatedAccount? Account)> Changed(SimulatedBlock block) => block.Transactions
        .SelectMany(transaction => transaction.Changes)
        .Where(change => change.Before != change.After)
        .GroupBy(change => change.Address, StringComparer.Ordinal)
        .Select(changes => (changes.Key, changes.Last().After));
}
