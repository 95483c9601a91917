using System.Text;
using System.Text.Json;

namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>Which versions of transactions are known: legacy (also where none is told), 0 and 1.</summary>
internal static class TransactionVersion
{
    private const int LongestTold = 20;

    /// <summary>Reads a version; null for a known one, else what is written there.</summary>
    public static string? Unknown(ref Utf8JsonReader reader)
    {
        reader.Read();
        var known = reader.TokenType switch
        {
            JsonTokenType.Null => true,
            JsonTokenType.String => reader.ValueTextEquals("legacy"u8),
            JsonTokenType.Number => reader.TryGetInt32(out var version) && version is 0 or 1,
            _ => false,
        };
        var told = reader.ValueSpan;
        reader.Skip();
        return known ? null : Encoding.ASCII.GetString(told[..Math.Min(told.Length, LongestTold)]);
    }
}
