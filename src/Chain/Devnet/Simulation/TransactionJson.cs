using System.Text.Json;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Writes transactions as a node shows them with the encoding <c>jsonParsed</c>.</summary>
internal sealed class TransactionJson(SimulatedChainOptions options, WalletBook book)
{
    private const ulong Fee = 5_000;
    private const ulong Rent = 2_039_280;

    private readonly InstructionJson _instructions = new(options, book);

    /// <summary>Writes the members <c>transaction</c>, <c>meta</c> and <c>version</c> into an object that is begun.</summary>
    public void WriteMembers(Utf8JsonWriter json, SimulatedTransaction transaction)
    {
        WriteMessage(json, transaction);
        json.WriteStartObject("meta");
        WriteOutcome(json, transaction);
        WriteInner(json, transaction.Intent);
        WriteLogs(json, transaction);
        WriteLoaded(json, transaction);
        WriteBalances(json, "preTokenBalances", transaction, change => change.Before, moved: 0);
        WriteBalances(json, "postTokenBalances", transaction, change => change.After, moved: transaction.Intent.Fails ? 0 : 1);
        json.WriteEndObject();
        WriteVersion(json, transaction.Intent.Version);
    }

    private static void WriteVersion(Utf8JsonWriter json, int version)
    {
        if (version == TransactionIntent.Legacy)
        {
            json.WriteString("version", "legacy");
        }
        else
        {
            json.WriteNumber("version", version);
        }
    }

    private void WriteMessage(Utf8JsonWriter json, SimulatedTransaction transaction)
    {
        json.WriteStartObject("transaction");
        json.WriteStartArray("signatures");
        json.WriteStringValue(transaction.Signature);
        json.WriteEndArray();
        json.WriteStartObject("message");
        json.WriteStartArray("accountKeys");
        foreach (var key in transaction.Keys)
        {
            json.WriteStartObject();
            json.WriteString("pubkey", key.Address);
            json.WriteBoolean("signer", key.Signer);
            json.WriteBoolean("writable", key.Writable);
            json.WriteString("source", key.FromTable ? "lookupTable" : "transaction");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("recentBlockhash", transaction.RecentHash);
        json.WriteStartArray("instructions");
        if (transaction.Intent.Budgeted)
        {
            InstructionJson.WriteOpaque(json, Programs.ComputeBudget, [], "3DdGGhkhJbjm", null);
        }

        foreach (var step in transaction.Intent.Steps)
        {
            _instructions.WriteStep(json, step);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter json, SimulatedTransaction transaction)
    {
        json.WritePropertyName("err");
        WriteError(json, transaction);
        json.WriteStartObject("status");
        json.WritePropertyName(transaction.Intent.Fails ? "Err" : "Ok");
        WriteError(json, transaction);
        json.WriteEndObject();
        json.WriteNumber("fee", Fee);
        json.WriteStartArray("preBalances");
        WriteLamports(json, transaction, Fee);
        json.WriteEndArray();
        json.WriteStartArray("postBalances");
        WriteLamports(json, transaction, 0);
        json.WriteEndArray();
        json.WriteNumber("computeUnitsConsumed", 4_000 + (transaction.Keys.Count * 150));
        json.WriteStartArray("rewards");
        json.WriteEndArray();
    }

    /// <summary>The member <c>err</c> of a transaction: null where it succeeded.</summary>
    public static void WriteError(Utf8JsonWriter json, SimulatedTransaction transaction)
    {
        if (!transaction.Intent.Fails)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteStartArray("InstructionError");
        json.WriteNumberValue(transaction.Intent.Budgeted ? 1 : 0);
        json.WriteStartObject();
        json.WriteNumber("Custom", 1);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLamports(Utf8JsonWriter json, SimulatedTransaction transaction, ulong payerMore)
    {
        for (var i = 0; i < transaction.Keys.Count; i++)
        {
            json.WriteNumberValue(i == 0 ? 1_000_000_000 + payerMore : Rent);
        }
    }

    private void WriteInner(Utf8JsonWriter json, TransactionIntent intent)
    {
        json.WriteStartArray("innerInstructions");
        for (var i = 0; i < intent.Steps.Count && !intent.Fails; i++)
        {
            _instructions.WriteInner(json, intent.Steps[i], i + (intent.Budgeted ? 1 : 0));
        }

        json.WriteEndArray();
    }

    private void WriteLogs(Utf8JsonWriter json, SimulatedTransaction transaction)
    {
        json.WriteStartArray("logMessages");
        foreach (var line in Logs(transaction))
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
    }

    /// <summary>What the programs log.</summary>
    public IEnumerable<string> Logs(SimulatedTransaction transaction)
    {
        foreach (var step in transaction.Intent.Steps)
        {
            var program = step is ProgramCall call ? call.Program : book.TokenProgram;
            yield return $"Program {program} invoke [1]";
            yield return transaction.Intent.Fails ? $"Program {program} failed: custom program error: 0x1" : $"Program {program} success";
        }
    }

    private static void WriteLoaded(Utf8JsonWriter json, SimulatedTransaction transaction)
    {
        json.WriteStartObject("loadedAddresses");
        WriteAddresses(json, "writable", transaction.Keys.Where(key => key is { FromTable: true, Writable: true }));
        WriteAddresses(json, "readonly", transaction.Keys.Where(key => key is { FromTable: true, Writable: false }));
        json.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter json, string name, IEnumerable<AccountKey> keys)
    {
        json.WriteStartArray(name);
        foreach (var key in keys)
        {
            json.WriteStringValue(key.Address);
        }

        json.WriteEndArray();
    }

    private void WriteBalances(Utf8JsonWriter json, string name, SimulatedTransaction transaction, Func<AccountChange, SimulatedAccount?> ours, int moved)
    {
        var sols = transaction.Intent.Operations.OfType<SolTransfer>().ToList();
        json.WriteStartArray(name);
        for (var index = 0; index < transaction.Keys.Count; index++)
        {
            var address = transaction.Keys[index].Address;
            if (transaction.ChangeOf(address) is { } change)
            {
                if (ours(change) is { } account)
                {
                    WriteBalance(json, index, options.Mint, account.Owner, book.TokenProgram, account.Amount, options.Decimals);
                }
            }
            else
            {
                WriteSol(json, index, address, sols, moved);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteSol(Utf8JsonWriter json, int index, string address, List<SolTransfer> sols, int moved)
    {
        foreach (var sol in sols)
        {
            if (sol.Source.Account == address || sol.Destination.Account == address)
            {
                var (side, change) = sol.Source.Account == address ? (sol.Source, -(Int128)sol.Amount) : (sol.Destination, (Int128)sol.Amount);
                WriteBalance(json, index, Programs.WrappedSol, side.Owner, Programs.Token, (ulong)(side.Before + (moved * change)), Programs.SolDecimals);
            }
        }
    }

    private static void WriteBalance(Utf8JsonWriter json, int index, string mint, string owner, string program, ulong amount, int decimals)
    {
        json.WriteStartObject();
        json.WriteNumber("accountIndex", index);
        json.WriteString("mint", mint);
        json.WriteString("owner", owner);
        json.WriteString("programId", program);
        json.WritePropertyName("uiTokenAmount");
        TokenAmountJson.Write(json, amount, decimals);
        json.WriteEndObject();
    }
}
