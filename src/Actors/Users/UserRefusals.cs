using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>The "no"s of users.</summary>
public static class UserRefusals
{
    /// <summary>Nobody of that id was ever here, or the account was given up.</summary>
    public static readonly Rejection NoUser = Rejection.NotFound("user");

    /// <summary>The account was given up, and nothing can be done with it any more.</summary>
    public static readonly Rejection Deleted = new(RejectionKind.Forbidden, "account_deleted", "This account was deleted.");

    /// <summary>A name is one user's at a time.</summary>
    public static readonly Rejection UsernameTaken = Rejection.Conflict("username_taken", "This username belongs to another user.");

    /// <summary>Somebody edited the profile in between.</summary>
    public static readonly Rejection Stale = new(RejectionKind.Stale, "stale_version", "The profile has changed since; get it anew and repeat the edit.");

    /// <summary>Nobody owes points.</summary>
    public static readonly Rejection InsufficientPoints = Rejection.Conflict("insufficient_points", "The user has fewer points than that.");

    /// <summary>There is a bound to everything.</summary>
    public static readonly Rejection TooManyPoints = Rejection.Conflict("too_many_points", "The user would have more points than there may be.");
}
