using System.Security.Cryptography;
using System.Text;

namespace WildNOut.Actors.Users;

/// <summary>What may be a username, and the one that the platform gives to who has chosen none.</summary>
public static class Usernames
{
    /// <summary>What every given name begins with, and no chosen one.</summary>
    public const string GivenPrefix = "user_";

    /// <summary>The fewest characters.</summary>
    public const int Shortest = 3;

    /// <summary>The most characters.</summary>
    public const int Longest = 30;

    private const string Digits = "abcdefghjkmnpqrstuvwxyz023456789";
    private const int GivenDigits = 16;

    /// <summary>The name without regard to case.</summary>
    public static string Normalize(string name) => name.ToLowerInvariant();

    /// <summary>Whether a normalized name has the form of one: 3 to 30 of <c>[a-z0-9_]</c>.</summary>
    public static bool IsWellFormed(string name) =>
        name.Length is >= Shortest and <= Longest && name.All(unit => unit is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    /// <summary>Whether somebody may choose it.</summary>
    public static bool MayBeChosen(string name) => IsWellFormed(name) && !name.StartsWith(GivenPrefix, StringComparison.Ordinal);

    /// <summary>The name that the platform gives: 80 bits of a digest of the id, so that no two users are given the same. Never change it.</summary>
    public static string Given(string userId)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(userId));
        var name = new StringBuilder(GivenPrefix, GivenPrefix.Length + GivenDigits);
        for (var bit = 0; bit < GivenDigits * 5; bit += 5)
        {
            var pair = (digest[bit / 8] << 8) | digest[(bit / 8) + 1];
            name.Append(Digits[(pair >> (11 - (bit % 8))) & 31]);
        }

        return name.ToString();
    }
}
