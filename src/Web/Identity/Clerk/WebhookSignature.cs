using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WildNOut.Web.Identity.Clerk;

/// <summary>
/// Judges the signatures of webhooks in the form of Svix, which is also that of Standard Webhooks: HMAC-SHA256 over id, time and body. Compares in constant time.
/// </summary>
/// <param name="key">The key.</param>
/// <param name="clock">Tells the time.</param>
public sealed class WebhookSignature(byte[] key, TimeProvider clock)
{
    /// <summary>How far the time of a message may be from now, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The fewest bytes of a key.</summary>
    public const int LeastKeyBytes = 24;

    /// <summary>The most bytes of a key.</summary>
    public const int MostKeyBytes = 64;

    /// <summary>The secret of the vector in the documentation; nothing signed with it proves anything.</summary>
    public const string PublicExample = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";
    private const int MaxId = 200;
    private const int MaxSignatures = 4_096;

    private static readonly string[] Families = ["svix-", "webhook-"];

    /// <summary>Reads a secret: <c>whsec_</c> and base64.</summary>
    public static bool TryReadSecret(string secret, out byte[]? key)
    {
        key = null;
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MostKeyBytes];
        if (!Convert.TryFromBase64String(secret[SecretPrefix.Length..], bytes, out var length) || length < LeastKeyBytes)
        {
            return false;
        }

        key = bytes[..length].ToArray();
        return true;
    }

    /// <summary>Judges a message.</summary>
    /// <param name="headers">Of the request; either family of names will do.</param>
    /// <param name="body">The raw bytes.</param>
    /// <returns>Null when it holds, else what is wrong.</returns>
    public WebhookFault? Judge(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        if (Find(headers) is not var (id, time, signatures))
        {
            return WebhookFault.MissingHeaders;
        }

        if (id.Length > MaxId || id.AsSpan().ContainsAnyExceptInRange('!', '~') || signatures.Length > MaxSignatures
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || time.Length > 12)
        {
            return WebhookFault.Malformed;
        }

        if (Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > (long)Tolerance.TotalSeconds)
        {
            return WebhookFault.OutOfTime;
        }

        return Matches(id, time, body, signatures) ? null : WebhookFault.Mismatch;
    }

    private static (string Id, string Time, string Signatures)? Find(IHeaderDictionary headers)
    {
        foreach (var family in Families)
        {
            if (headers[family + "id"] is [{ Length: > 0 } id] && headers[family + "timestamp"] is [{ Length: > 0 } time] && headers[family + "signature"] is [{ Length: > 0 } signatures])
            {
                return (id, time, signatures);
            }
        }

        return null;
    }

    /// <summary>Compares with every signature that came along: a sender whose secret is being changed signs with both.</summary>
    private bool Matches(string id, string time, ReadOnlySpan<byte> body, string signatures)
    {
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(id, time, body, right);
        var matches = false;
        foreach (var part in signatures.AsSpan().Split(' '))
        {
            var signature = signatures.AsSpan(part);
            matches |= signature.StartsWith(Version, StringComparison.Ordinal)
                && Convert.TryFromBase64Chars(signature[Version.Length..], given, out var length)
                && length == given.Length
                && CryptographicOperations.FixedTimeEquals(given, right);
        }

        return matches;
    }

    private void Sign(string id, string time, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.ASCII.GetBytes($"{id}.{time}."));
        hmac.AppendData(body);
        hmac.GetHashAndReset(mac);
    }
}

/// <summary>What is wrong with the signature of a webhook.</summary>
public enum WebhookFault
{
    /// <summary>Id, time or signature did not come, or twice.</summary>
    MissingHeaders,

    /// <summary>Id, time or signature are not in their form.</summary>
    Malformed,

    /// <summary>The message is older than the tolerance, or from the future.</summary>
    OutOfTime,

    /// <summary>No signature is that of the body under the key.</summary>
    Mismatch,
}
