using System.Text.Json;

namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>Reads parsed instructions of the token programs, and over all others.</summary>
internal static class InstructionReader
{
    /// <summary>Reads the instructions of a message.</summary>
    public static void ReadOuter(ref Utf8JsonReader reader, ReadOnlySpan<byte> mint, List<InstructionGroup> groups)
    {
        List<TokenInstruction> found = [];
        reader.Enter(JsonTokenType.StartArray);
        for (var place = 0; reader.NextElement(); place++)
        {
            Read(ref reader, mint, found);
            if (found.Count > 0)
            {
                groups.Add(new InstructionGroup(place, false, found));
                found = [];
            }
        }
    }

    /// <summary>Reads the instructions that those of the message called; the list may be missing.</summary>
    public static void ReadInner(ref Utf8JsonReader reader, ReadOnlySpan<byte> mint, List<InstructionGroup> groups)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        reader.Demand(JsonTokenType.StartArray);
        while (reader.NextElement())
        {
            groups.Add(ReadCalls(ref reader, mint));
        }
    }

    private static InstructionGroup ReadCalls(ref Utf8JsonReader reader, ReadOnlySpan<byte> mint)
    {
        var place = 0;
        List<TokenInstruction> found = [];
        reader.Demand(JsonTokenType.StartObject);
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("index"u8))
            {
                reader.Enter(JsonTokenType.Number);
                place = reader.TryGetInt32(out var index) ? index : 0;
            }
            else if (reader.ValueTextEquals("instructions"u8))
            {
                reader.Enter(JsonTokenType.StartArray);
                while (reader.NextElement())
                {
                    Read(ref reader, mint, found);
                }
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new InstructionGroup(place, true, found);
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> mint, List<TokenInstruction> found)
    {
        ReadOnlySpan<byte> program = default;
        Utf8JsonReader parsed = default;
        var isParsed = false;
        reader.Demand(JsonTokenType.StartObject);
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("parsed"u8))
            {
                isParsed = true;
                parsed = reader; // read again once the program is known: what others parse looks like anything
                reader.SkipValue();
            }
            else if (reader.ValueTextEquals("programId"u8))
            {
                program = reader.Plain();
            }
            else
            {
                reader.SkipValue();
            }
        }

        var token2022 = program.SequenceEqual(TokenPrograms.Token2022);
        if (isParsed && (token2022 || program.SequenceEqual(TokenPrograms.Token)))
        {
            parsed.Read();
            ParsedInstruction.Read(ref parsed, mint, token2022, found);
        }
    }
}
