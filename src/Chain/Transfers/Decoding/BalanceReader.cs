using System.Text.Json;

namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>Reads the lists <c>preTokenBalances</c> and <c>postTokenBalances</c>.</summary>
internal static class BalanceReader
{
    /// <summary>Reads a list; only lines of the token are kept; null when there is none.</summary>
    public static List<TokenBalance>? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> mint)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        List<TokenBalance> balances = [];
        reader.Demand(JsonTokenType.StartArray);
        while (reader.NextElement())
        {
            if (ReadLine(ref reader, mint) is { } balance)
            {
                balances.Add(balance);
            }
        }

        return balances;
    }

    private static TokenBalance? ReadLine(ref Utf8JsonReader reader, ReadOnlySpan<byte> mint)
    {
        var account = -1;
        ReadOnlySpan<byte> of = default, owner = default, program = default, amount = default;
        reader.Demand(JsonTokenType.StartObject);
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("accountIndex"u8))
            {
                reader.Enter(JsonTokenType.Number);
                account = reader.TryGetInt32(out var index) ? index : -1;
            }
            else if (reader.ValueTextEquals("mint"u8))
            {
                of = reader.Plain();
            }
            else if (reader.ValueTextEquals("owner"u8))
            {
                owner = reader.Plain();
            }
            else if (reader.ValueTextEquals("programId"u8))
            {
                program = reader.Plain();
            }
            else if (reader.ValueTextEquals("uiTokenAmount"u8))
            {
                amount = ReadAmount(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }

        return of.SequenceEqual(mint)
            ? new TokenBalance(account, JsonReading.Address(owner), JsonReading.Amount(amount), program.SequenceEqual(TokenPrograms.Token2022))
            : null;
    }

    /// <summary>Reads an amount: its digits, or the object that holds them; empty when it is neither.</summary>
    public static ReadOnlySpan<byte> ReadAmount(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.PlainHere();
        }

        ReadOnlySpan<byte> amount = default;
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("amount"u8))
            {
                amount = reader.Plain();
            }
            else
            {
                reader.SkipValue();
            }
        }

        return amount;
    }
}
