using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using WildNOut.Actors.Battles;

namespace WildNOut.Web.Http;

/// <summary>Entity tags: quoted, and strong but for <see cref="Weak"/>.</summary>
public static class ETags
{
    /// <summary>The tag of a battle: its version and its count of votes.</summary>
    public static string Of(BattleView battle) => string.Create(CultureInfo.InvariantCulture, $"\"{battle.Version}-{battle.VoteCount}\"");

    /// <summary>The tag of a thing that has no version: a digest of its body.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, digest);
        return $"\"{Convert.ToHexStringLower(digest[..12])}\"";
    }

    /// <summary>The tag of a thing of which an edit names the version, and whose body says more than that: the version, then a digest of the body.</summary>
    public static string Of(long version, ReadOnlySpan<byte> body) => string.Create(CultureInfo.InvariantCulture, $"\"{version}-{Of(body).AsSpan(1)}");

    /// <summary>The tag of a body that changes a little without saying anything new.</summary>
    public static string Weak(string tag) => "W/" + tag;

    /// <summary>Whether a list of tags (<c>If-None-Match</c>) holds this one; comparison is weak (RFC 9110, 13.1.2).</summary>
    public static bool Matches(StringValues list, string tag)
    {
        var opaque = Opaque(tag);
        foreach (var line in list)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.IndexOf(',');
                var candidate = (comma < 0 ? rest : rest[..comma]).Trim();
                if (candidate is "*" || Opaque(candidate).SequenceEqual(opaque))
                {
                    return true;
                }

                rest = comma < 0 ? [] : rest[(comma + 1)..];
            }
        }

        return false;
    }

    /// <summary>
    /// The version that <c>If-Match</c> names: the part of the tag before the dash, so that votes alone make no edit of a battle stale, nor points one of a profile.
    /// Null when the header is absent or <c>*</c>; -1, which nothing has, when it names no version.
    /// </summary>
    public static long? VersionOf(StringValues ifMatch)
    {
        if (ifMatch.Count == 0 || (ifMatch.Count == 1 && ifMatch[0] is "*"))
        {
            return null;
        }

        var text = ifMatch.Count == 1 ? ifMatch[0].AsSpan().Trim() : [];
        var dash = text.IndexOf('-');
        return text.Length > 2 && text[0] == '"' && text[^1] == '"'
            && long.TryParse(text[1..(dash < 0 ? text.Length - 1 : dash)], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? version
                : -1;
    }

    private static ReadOnlySpan<char> Opaque(ReadOnlySpan<char> tag) => tag.StartsWith("W/") ? tag[2..] : tag;
}
