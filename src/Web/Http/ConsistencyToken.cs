using System.Buffers.Text;
using System.Globalization;
using System.Text;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Http;

/// <summary>What a list must have seen: one journal row. Travels as base64url of <c>persistenceId|sequenceNr</c> in <c>X-Consistency</c>.</summary>
/// <param name="PersistenceId">The entity's key in the journal.</param>
/// <param name="SequenceNr">The row.</param>
public readonly record struct ConsistencyToken(string PersistenceId, long SequenceNr)
{
    /// <summary>The header.</summary>
    public const string Header = "X-Consistency";

    private const int MaxLength = 400;

    /// <summary>Puts the token of a durable reply on the response.</summary>
    public static void Add(HttpContext http, EntityAddress from, long sequenceNr)
    {
        if (sequenceNr > 0)
        {
            http.Response.Headers[Header] = new ConsistencyToken(from.PersistenceId, sequenceNr).Encode();
        }
    }

    /// <summary>The token as text.</summary>
    public string Encode()
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (!Encoding.UTF8.TryGetBytes(PersistenceId, bytes[..(MaxLength - 24)], out var length))
        {
            return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{PersistenceId}|{SequenceNr}")));
        }

        bytes[length++] = (byte)'|';
        SequenceNr.TryFormat(bytes[length..], out var digits, provider: CultureInfo.InvariantCulture);
        return Base64Url.EncodeToString(bytes[..(length + digits)]);
    }

    /// <summary>Reads a token; false when it is none.</summary>
    public static bool TryDecode(string text, out ConsistencyToken token)
    {
        token = default;
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (text.Length is 0 or > MaxLength || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length))
        {
            return false;
        }

        var bar = bytes[..length].LastIndexOf((byte)'|');
        if (bar <= 0 || !long.TryParse(bytes[(bar + 1)..length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || bytes[..bar].ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        token = new ConsistencyToken(Encoding.ASCII.GetString(bytes[..bar]), number);
        return true;
    }
}
