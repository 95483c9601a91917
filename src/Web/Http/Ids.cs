using System.Diagnostics.CodeAnalysis;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Http;

/// <summary>Ids in paths.</summary>
public static class Ids
{
    /// <summary>Reads a UUID in its canonical form.</summary>
    /// <param name="text">The segment of the path.</param>
    /// <param name="id">The id.</param>
    /// <param name="problem">What is wrong, under the name <c>id</c>.</param>
    public static bool TryParse(string text, out Guid id, [NotNullWhen(false)] out Problem? problem)
    {
        if (Guid.TryParseExact(text, "D", out id))
        {
            problem = null;
            return true;
        }

        problem = Problem.Invalid("id", "must be a UUID such as 01938a5c-7d2e-7bb3-a3f0-5d0c1c8f2e11");
        return false;
    }

    /// <summary>The instant a UUIDv7 was made at; null for other versions.</summary>
    public static DateTimeOffset? MadeAt(Guid id)
    {
        if (id.Version != 7)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        foreach (var value in bytes[..6])
        {
            milliseconds = (milliseconds << 8) | value;
        }

        // 48 bits reach beyond the last instant there is.
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
