using System.Text.Json;

namespace WildNOut.Chain.Rpc;

/// <summary>
/// Reads a result of <c>getBlock</c> or <c>getTransaction</c> in one pass. Transactions are cut out of the answer and not looked into: a block holds
/// thousands, of which few concern the token.
/// </summary>
internal static class BlockReader
{
    /// <summary>Reads a block; null for null.</summary>
    /// <param name="reader">Stands at the first token of the result.</param>
    /// <param name="answer">What it reads; the transactions point into it.</param>
    /// <param name="slot">The slot that was asked for.</param>
    /// <param name="full">Whether the transactions were asked for, so that a block without them is none.</param>
    /// <exception cref="JsonException">It is no block.</exception>
    public static Block? Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> answer, ulong slot, bool full)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var (hash, parentHash) = (default(string), default(string));
        var parent = default(ulong?);
        var time = default(DateTimeOffset?);
        var transactions = full ? null : new List<ReadOnlyMemory<byte>>();
        reader.Expect(JsonTokenType.StartObject);
        for (reader.Next(); reader.TokenType == JsonTokenType.PropertyName; reader.Next())
        {
            if (reader.ValueTextEquals("blockhash"u8))
            {
                reader.Next();
                hash = reader.Text();
            }
            else if (reader.ValueTextEquals("previousBlockhash"u8))
            {
                reader.Next();
                parentHash = reader.Text();
            }
            else if (reader.ValueTextEquals("parentSlot"u8))
            {
                reader.Next();
                parent = reader.UInt64();
            }
            else if (reader.ValueTextEquals("blockTime"u8))
            {
                reader.Next();
                time = reader.UnixTime();
            }
            else if (full && reader.ValueTextEquals("transactions"u8))
            {
                reader.Next();
                transactions = Cut(ref reader, answer);
            }
            else
            {
                reader.Next();
                reader.Skip();
            }
        }

        if (hash is null || parentHash is null || parent is not { } parentSlot || transactions is null || parentSlot > slot)
        {
            throw new JsonException("The block lacks its hash, its parent or its transactions.");
        }

        // The time may come after the transactions.
        return new Block(slot, hash, parentSlot, parentHash, time, [.. transactions.Select(json => new BlockTransaction(slot, time, json))]);
    }

    /// <summary>Reads a transaction; null for null.</summary>
    /// <param name="reader">Stands at the first token of the result.</param>
    /// <param name="answer">What it reads; the transaction points into it.</param>
    /// <exception cref="JsonException">It is no transaction.</exception>
    public static BlockTransaction? ReadTransaction(ref Utf8JsonReader reader, ReadOnlyMemory<byte> answer)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        var slot = default(ulong?);
        var time = default(DateTimeOffset?);
        reader.Expect(JsonTokenType.StartObject);
        for (reader.Next(); reader.TokenType == JsonTokenType.PropertyName; reader.Next())
        {
            if (reader.ValueTextEquals("slot"u8))
            {
                reader.Next();
                slot = reader.UInt64();
            }
            else if (reader.ValueTextEquals("blockTime"u8))
            {
                reader.Next();
                time = reader.UnixTime();
            }
            else
            {
                reader.Next();
                reader.Skip();
            }
        }

        return new BlockTransaction(slot ?? throw new JsonException("The transaction lacks its slot."), time, answer[start..(int)reader.BytesConsumed]);
    }

    private static List<ReadOnlyMemory<byte>> Cut(ref Utf8JsonReader reader, ReadOnlyMemory<byte> answer)
    {
        List<ReadOnlyMemory<byte>> cut = [];
        reader.Expect(JsonTokenType.StartArray);
        for (reader.Next(); reader.TokenType != JsonTokenType.EndArray; reader.Next())
        {
            reader.Expect(JsonTokenType.StartObject);
            cut.Add(reader.Slice(answer));
        }

        return cut;
    }
}
