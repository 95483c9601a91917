using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>What may stand in a profile and in a change of points.</summary>
public static class UserValidation
{
    /// <summary>The fewest characters of a display name.</summary>
    public const int ShortestDisplayName = 2;

    /// <summary>The most characters of a display name.</summary>
    public const int LongestDisplayName = 50;

    /// <summary>The most characters of a bio.</summary>
    public const int LongestBio = 500;

    /// <summary>The most characters of an avatar's address.</summary>
    public const int LongestAvatarUrl = 2_000;

    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 200;

    /// <summary>The most points of one change.</summary>
    public const long MostPoints = 1_000_000_000;

    /// <summary>What is wrong with an edit; null when nothing is. <paramref name="username"/> is normalized.</summary>
    public static Rejection? Check(UpdateProfile edit, string? username)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (username is not null && !Usernames.MayBeChosen(username))
        {
            faults["username"] = Usernames.IsWellFormed(username)
                ? $"Names that begin with {Usernames.GivenPrefix} are given by the platform."
                : $"Must be {Usernames.Shortest} to {Usernames.Longest} letters a to z, digits or underscores.";
        }

        if (edit.DisplayName is { Length: > 0 } name && !IsDisplayName(name))
        {
            faults["displayName"] = $"Must have {ShortestDisplayName} to {LongestDisplayName} characters, or none.";
        }

        if (edit.Bio is { } bio && Length(bio) > LongestBio)
        {
            faults["bio"] = $"Must have at most {LongestBio} characters.";
        }

        if (edit.AvatarUrl is { Length: > 0 } avatar && !IsAvatarUrl(avatar))
        {
            faults["avatarUrl"] = $"Must be an absolute https address of at most {LongestAvatarUrl} characters, or empty.";
        }

        return faults.Count == 0 ? null : Rejection.Invalid(faults);
    }

    /// <summary>What is wrong with a change of points; null when nothing is.</summary>
    public static Rejection? Check(long amount, string reason)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (amount is < 1 or > MostPoints)
        {
            faults["amount"] = $"Must be 1 to {MostPoints}.";
        }

        if (Length(reason) is < 1 or > LongestReason || string.IsNullOrWhiteSpace(reason))
        {
            faults["reason"] = $"Must have 1 to {LongestReason} characters.";
        }

        return faults.Count == 0 ? null : Rejection.Invalid(faults);
    }

    /// <summary>Whether a trimmed text may be a display name.</summary>
    public static bool IsDisplayName(string name) => Length(name) is >= ShortestDisplayName and <= LongestDisplayName && !name.Any(char.IsControl);

    /// <summary>Whether a text may be an avatar's address.</summary>
    public static bool IsAvatarUrl(string address) =>
        address.Length <= LongestAvatarUrl && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>Unicode scalar values.</summary>
    private static int Length(string text) => text.EnumerateRunes().Count();
}
