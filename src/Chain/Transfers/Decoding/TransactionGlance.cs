using System.Text.Json;

namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>What a transaction that cannot be read still tells of itself.</summary>
internal static class TransactionGlance
{
    /// <summary>Its signature, null when that is not readable either; and a better reason when its version is unknown.</summary>
    public static string? Of(ReadOnlySpan<byte> json, ref string reason)
    {
        string? signature = null;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (reader.CurrentDepth == 1 && reader.ValueTextEquals("version"u8))
                {
                    reason = TransactionVersion.Unknown(ref reader) is { } version ? TokenTransaction.UnknownVersion(version) : reason;
                }
                else if (reader.CurrentDepth == 2 && reader.ValueTextEquals("signatures"u8) && reader.Read() && reader.Read())
                {
                    signature ??= JsonReading.Signature(reader.PlainHere());
                }
            }
        }
        catch (JsonException)
        {
            return signature; // the text ends here or turns to nonsense, which is why it is only glanced at
        }

        return signature;
    }
}
