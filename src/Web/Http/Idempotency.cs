using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Http;

/// <summary>Makes repeats of a POST recognisable by its <c>Idempotency-Key</c>.</summary>
public static class Idempotency
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key.</summary>
    public const int MaxLength = 255;

    /// <summary>The command's id: a digest of who, what path and which key; null without a key.</summary>
    /// <returns>False when the key is not 1–255 visible ASCII characters.</returns>
    public static bool TryCommandId(HttpContext http, string userId, out string? commandId, out Problem? problem)
    {
        commandId = null;
        problem = null;
        var header = http.Request.Headers[Header];
        if (header.Count == 0)
        {
            return true;
        }

        if (!IsKey(header.Count == 1 ? header[0] : null))
        {
            problem = Problem.Invalid(Header, $"must be 1 to {MaxLength} visible ASCII characters");
            return false;
        }

        commandId = Digest(userId, http.Request.Path.Value ?? string.Empty, header[0]!);
        return true;
    }

    /// <summary>The id a created thing gets: the same for the same user and key (a UUIDv8), else a new UUIDv7.</summary>
    public static Guid IdOf(string? commandId)
    {
        if (commandId is null)
        {
            return Guid.CreateVersion7();
        }

        Span<byte> bytes = stackalloc byte[16];
        SHA256.HashData(Encoding.UTF8.GetBytes(commandId)).AsSpan(0, 16).CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A digest of a request's body.</summary>
    public static string Fingerprint(ReadOnlySequence<byte> body)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (body.IsSingleSegment)
        {
            SHA256.HashData(body.FirstSpan, digest);
        }
        else
        {
            SHA256.HashData(body.ToArray(), digest);
        }

        return Base64Url.EncodeToString(digest[..12]);
    }

    private static bool IsKey(string? key) =>
        key is { Length: > 0 and <= MaxLength } && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string Digest(string userId, string path, string key)
    {
        // Lengths in front keep ("ab","c") apart from ("a","bc").
        var text = FormattableString.Invariant($"{userId.Length}:{userId}{path.Length}:{path}{key}");
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return Base64Url.EncodeToString(digest[..18]);
    }
}
