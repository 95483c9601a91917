using System.Globalization;
using System.Text.Json;

namespace WildNOut.Chain.Rpc;

/// <summary>Reads token accounts as the nodes' parser (<c>jsonParsed</c>) shows them.</summary>
internal static class TokenAccountReader
{
    /// <summary>Reads an account with its key.</summary>
    /// <param name="keyed">The object with <c>pubkey</c> and <c>account</c>.</param>
    /// <param name="mint">The mint that was asked for.</param>
    /// <returns>Null for what is no token account or could not be parsed by the node.</returns>
    /// <exception cref="JsonException">It is an account of another mint, so the answer is wrong.</exception>
    public static TokenAccount? Read(JsonElement keyed, string mint)
    {
        var parsed = keyed.At("account", "data", "parsed");
        var info = parsed.At("info");
        if (parsed.At("type").AsText() != "account"
            || keyed.At("pubkey").AsText() is not { } address
            || info.At("owner").AsText() is not { } owner
            || !ulong.TryParse(info.At("tokenAmount", "amount").AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        return info.At("mint").AsText() == mint ? new TokenAccount(address, owner, amount) : throw new JsonException("An account of another mint.");
    }

    /// <summary>Reads an array of accounts and the slot they hold for.</summary>
    /// <param name="reader">Stands at the beginning of the object with <c>context</c> and <c>value</c>.</param>
    /// <param name="mint">The mint that was asked for.</param>
    /// <param name="owner">The owner that was asked for; null for any.</param>
    /// <exception cref="JsonException">It has not that shape, or holds an account of another mint or owner.</exception>
    public static InContext<IReadOnlyList<TokenAccount>> ReadInContext(ref Utf8JsonReader reader, string mint, string? owner = null)
    {
        var (slot, accounts) = (default(ulong?), default(List<TokenAccount>));
        reader.Expect(JsonTokenType.StartObject);
        for (reader.Next(); reader.TokenType == JsonTokenType.PropertyName; reader.Next())
        {
            if (reader.ValueTextEquals("context"u8))
            {
                reader.Next();
                slot = JsonElement.ParseValue(ref reader).At("slot").AsUInt64();
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Next();
                accounts = ReadAll(ref reader, mint);
            }
            else
            {
                reader.Next();
                reader.Skip();
            }
        }

        return slot is { } known && accounts is not null && (owner is null || accounts.TrueForAll(account => account.Owner == owner))
            ? new InContext<IReadOnlyList<TokenAccount>>(known, accounts)
            : throw new JsonException("No slot, no accounts, or an account of another owner.");
    }

    /// <summary>Reads an array of accounts, one at a time: there may be many.</summary>
    /// <param name="reader">Stands at the beginning of the array.</param>
    /// <param name="mint">The mint that was asked for.</param>
    /// <exception cref="JsonException">It is no array, or holds an account of another mint.</exception>
    private static List<TokenAccount> ReadAll(ref Utf8JsonReader reader, string mint)
    {
        List<TokenAccount> accounts = [];
        reader.Expect(JsonTokenType.StartArray);
        for (reader.Next(); reader.TokenType != JsonTokenType.EndArray; reader.Next())
        {
            if (Read(JsonElement.ParseValue(ref reader), mint) is { } account)
            {
                accounts.Add(account);
            }
        }

        return accounts;
    }
}
