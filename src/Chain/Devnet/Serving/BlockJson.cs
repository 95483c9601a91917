using System.Text.Json;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>How much of a block's transactions is shown.</summary>
internal enum TransactionDetails
{
    Full,
    Signatures,
    None,
}

/// <summary>Writes blocks and single transactions.</summary>
internal sealed class BlockJson(SimulatedChain chain)
{
    private readonly TransactionJson _transactions = new(chain.Options, chain.Book);

    public TransactionJson Transactions => _transactions;

    public void WriteBlock(Utf8JsonWriter json, SimulatedBlock block, TransactionDetails details)
    {
        json.WriteStartObject();
        json.WriteNumber("blockHeight", block.Link.Height);
        WriteTime(json, block.Time);
        json.WriteString("blockhash", block.Link.Hash);
        json.WriteNumber("parentSlot", block.Parent.Slot);
        json.WriteString("previousBlockhash", block.Parent.Hash);
        if (details == TransactionDetails.Full)
        {
            WriteTransactions(json, block);
        }
        else if (details == TransactionDetails.Signatures)
        {
            WriteSignatures(json, block);
        }

        json.WriteEndObject();
    }

    public void WriteTransaction(Utf8JsonWriter json, SimulatedTransaction transaction)
    {
        json.WriteStartObject();
        json.WriteNumber("slot", transaction.Slot);
        WriteTime(json, transaction.Time);
        _transactions.WriteMembers(json, transaction);
        json.WriteEndObject();
    }

    /// <summary>A line of a history of signatures.</summary>
    public static void WriteLine(Utf8JsonWriter json, SimulatedTransaction transaction, bool finalized)
    {
        json.WriteStartObject();
        json.WriteString("signature", transaction.Signature);
        json.WriteNumber("slot", transaction.Slot);
        json.WritePropertyName("err");
        TransactionJson.WriteError(json, transaction);
        json.WriteNull("memo");
        WriteTime(json, transaction.Time);
        json.WriteString("confirmationStatus", finalized ? "finalized" : "confirmed");
        json.WriteEndObject();
    }

    private void WriteTransactions(Utf8JsonWriter json, SimulatedBlock block)
    {
        json.WriteStartArray("transactions");
        foreach (var transaction in block.Transactions)
        {
            json.WriteStartObject();
            _transactions.WriteMembers(json, transaction);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSignatures(Utf8JsonWriter json, SimulatedBlock block)
    {
        json.WriteStartArray("signatures");
        foreach (var transaction in block.Transactions)
        {
            json.WriteStringValue(transaction.Signature);
        }

        json.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter json, long? time)
    {
        if (time is { } known)
        {
            json.WriteNumber("blockTime", known);
        }
        else
        {
            json.WriteNull("blockTime");
        }
    }
}
