using System.Text.Json;
using WildNOut.Actors.Engine;
using WildNOut.Web.Configuration;

namespace WildNOut.Web.Identity.Clerk;

/// <summary>
/// Reads the claims of a session token whose signature, issuer and times hold. Version 1 has no <c>v</c> and its organisation in <c>org_…</c>; version 2 has <c>v: 2</c>,
/// <c>sts</c> and the organisation in <c>o</c>.
/// </summary>
/// <param name="options">Whose tokens are taken.</param>
internal sealed class ClerkClaims(ClerkOptions options)
{
    /// <summary>No token holds for longer after it was issued: sessions that have ended are remembered for a little longer than this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>How far the issuer's clock may be off.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private const long LastSecond = 253_402_300_799;
    private const string OrganizationPrefix = "org:";

    /// <summary>Judges the claims; the payload is a JSON object.</summary>
    public TokenVerdict Judge(JsonElement payload, DateTimeOffset now)
    {
        if (!IsKnownVersion(payload) || !IsForUs(payload) || !IsActive(payload)
            || Text(payload, "sub") is not { Length: > 0 and <= SignedTokens.MaxUserId } userId || userId.Any(char.IsControl)
            || Text(payload, "sid") is not { Length: > 0 and <= SignedTokens.MaxUserId } sessionId
            || Instant(payload, "iat") is not { } issued || issued > now + Skew
            || Instant(payload, "exp") is not { } expires)
        {
            return TokenVerdict.Refused;
        }

        var holds = (expires < issued + Longest ? expires : issued + Longest) + Skew;
        return holds <= now ? TokenVerdict.TooLate : new TokenVerdict(new Caller(userId, RoleOf(payload)), holds, false)
        {
            SessionId = sessionId,
            Impersonator = Impersonator(payload),
        };
    }

    private static bool IsKnownVersion(JsonElement payload) =>
        !payload.TryGetProperty("v", out var version) || (version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number is 1 or 2);

    /// <summary>The page it was made for is on the list; where a token names an audience (RFC 7519, section 4.1.3), the platform is in it.</summary>
    private bool IsForUs(JsonElement payload) =>
        (!payload.TryGetProperty("azp", out var party) || options.AuthorizedParties.Count == 0
            || (party.ValueKind == JsonValueKind.String && options.AuthorizedParties.Contains(party.GetString(), StringComparer.Ordinal)))
        && (!payload.TryGetProperty("aud", out var audience) || Names(audience, SignedTokens.Audience));

    private static bool Names(JsonElement audience, string name) => audience.ValueKind switch
    {
        JsonValueKind.String => audience.ValueEquals(name),
        JsonValueKind.Array => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(name)),
        _ => false,
    };

    /// <summary>A session that is <c>pending</c> has tasks before it: nobody is signed in yet.</summary>
    private static bool IsActive(JsonElement payload) => !payload.TryGetProperty("sts", out var status) || (status.ValueKind == JsonValueKind.String && status.ValueEquals("active"));

    /// <summary>A role that the platform does not know is another application's: its bearer is a user.</summary>
    private Role RoleOf(JsonElement payload)
    {
        var path = options.RoleClaim;
        var name = Text(payload, path) ?? (path is ["o", "rol"] ? Text(payload, "org_role") : path is ["org_role"] ? Text(payload, ["o", "rol"]) : null);
        return RoleOf(name);
    }

    /// <summary>The role of a name; <see cref="Role.User"/> for any other.</summary>
    public static Role RoleOf(string? name)
    {
        var plain = name?.StartsWith(OrganizationPrefix, StringComparison.Ordinal) == true ? name[OrganizationPrefix.Length..] : name;
        return plain is not null && WireEnum<Role>.TryParse(plain, out var role) ? role : Role.User;
    }

    /// <summary>The text at the end of a path of names; null when there is none.</summary>
    public static string? Text(JsonElement place, params IReadOnlyList<string> path)
    {
        foreach (var name in path)
        {
            if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(name, out place))
            {
                return null;
            }
        }

        return place.ValueKind == JsonValueKind.String ? place.GetString() : null;
    }

    private static string? Impersonator(JsonElement payload) =>
        !payload.TryGetProperty("act", out var actor) || actor.ValueKind == JsonValueKind.Null ? null : Text(actor, "sub") ?? "somebody";

    private static DateTimeOffset? Instant(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= LastSecond - 172_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
