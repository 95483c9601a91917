using System.Diagnostics.CodeAnalysis;
using WildNOut.Actors.Users;
using WildNOut.Web.Configuration;

namespace WildNOut.Web.Identity.Clerk;

/// <summary>Turns Clerk's users into what the platform learns of them.</summary>
/// <param name="options">Where the role is.</param>
internal sealed class ClerkUsers(ClerkOptions options)
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The public metadata become the claim <c>metadata</c> of a session token, so the role is under the same names there; null when it is elsewhere.</summary>
    private readonly string[]? _role = options.RoleClaim is { Count: > 1 } path && path[0] is "metadata" or "public_metadata" ? [.. options.RoleClaim.Skip(1)] : null;

    /// <summary>Whether this may be the id of a user or a session.</summary>
    public static bool IsId([NotNullWhen(true)] string? id) => id is { Length: > 0 and <= SignedTokens.MaxUserId } && !id.Any(char.IsControl);

    /// <summary>What there is to learn of a user; null when it has no time.</summary>
    /// <param name="user">The user.</param>
    /// <param name="timestamp">When the message was made, in Unix milliseconds, should the user not say.</param>
    public LearnIdentity? Read(ClerkUser user, long? timestamp) =>
        (user.UpdatedAt ?? timestamp) is { } version and >= 0 && version <= Last
            ? new LearnIdentity(
                user.Username, NameOf(user), user.ImageUrl,
                _role is null || ClerkClaims.Text(user.PublicMetadata, _role) is not { } role ? null : ClerkClaims.RoleOf(role),
                DateTimeOffset.FromUnixTimeMilliseconds(version))
            : null;

    private static string? NameOf(ClerkUser user) => string.Join(' ', new[] { user.FirstName, user.LastName }.Where(name => !string.IsNullOrWhiteSpace(name)).Select(name => name!.Trim())) is { Length: > 0 } name ? name : null;
}
