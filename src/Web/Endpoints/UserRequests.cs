using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;

namespace WildNOut.Web.Endpoints;

/// <summary>Edits one's profile; what is left out stays as it is, and an empty text empties a field.</summary>
public sealed record EditProfileRequest(
    [property: Description("3 to 30 of a-z, 0-9 and _; capitals are made small. Nobody else may bear it.")] string? Username,
    [property: Description("2 to 50 characters, or empty.")] string? DisplayName,
    [property: Description("At most 500 characters.")] string? Bio,
    [property: Description("An https address, or empty.")] string? AvatarUrl,
    PrivacyRequest? Privacy);

/// <summary>Edits what everybody sees; what is left out stays as it is.</summary>
public sealed record PrivacyRequest(
    [property: Description("Whether everybody sees one's wallets.")] bool? ShowWallets,
    [property: Description("Whether everybody sees what one holds.")] bool? ShowHoldings);

/// <summary>Grants a role; <c>user</c> takes a granted one back.</summary>
public sealed record RoleRequest([property: Required] Role? Role);

/// <summary>Changes a user's points.</summary>
public sealed record PointsRequest(
    [property: Description("credit, the default, adds points; debit takes them away.")] LedgerType? Type,
    [property: Required, Description("1 to 1,000,000,000.")] long? Amount,
    [property: Required, Description("1 to 200 characters; the user sees it.")] string? Reason);
