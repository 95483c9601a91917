using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>Steps through JSON. What follows a value stays where it was: each of these ends on the last token of what it read.</summary>
internal static class JsonReading
{
    private static readonly SearchValues<byte> Base58 = SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"u8);

    /// <summary>Goes on to the value and demands a kind of token.</summary>
    /// <exception cref="JsonException">It is another one.</exception>
    public static void Enter(this ref Utf8JsonReader reader, JsonTokenType token)
    {
        reader.Read();
        reader.Demand(token);
    }

    /// <summary>Demands a kind of token.</summary>
    /// <exception cref="JsonException">It is another one.</exception>
    public static void Demand(this ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new JsonException($"There is {reader.TokenType} at byte {reader.TokenStartIndex} instead of {token}.");
        }
    }

    /// <summary>Goes on to the next member of an object; false at its end.</summary>
    public static bool NextMember(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes on to the next element of an array; false at its end.</summary>
    public static bool NextElement(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Reads over a member's value.</summary>
    public static void SkipValue(this ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>Reads a member's value: the text of a string without escapes, as addresses and amounts are written; else empty.</summary>
    public static ReadOnlySpan<byte> Plain(this scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.PlainHere();
    }

    /// <summary>As <see cref="Plain"/>, of the value on which the reader stands.</summary>
    public static ReadOnlySpan<byte> PlainHere(this scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        reader.Skip();
        return default;
    }

    /// <summary>An address; null when it cannot be one.</summary>
    public static string? Address(ReadOnlySpan<byte> text) => Key(text, 32, 44);

    /// <summary>A signature; null when it cannot be one.</summary>
    public static string? Signature(ReadOnlySpan<byte> text) => Key(text, 64, 88);

    /// <summary>A 64-bit amount in decimal digits; null when it is none.</summary>
    public static ulong? Amount(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out ulong amount, out var read) && read == text.Length ? amount : null;

    private static string? Key(ReadOnlySpan<byte> text, int shortest, int longest) =>
        text.Length >= shortest && text.Length <= longest && !text.ContainsAnyExcept(Base58) ? Encoding.ASCII.GetString(text) : null;
}
