namespace WildNOut.Actors.Engine;

/// <summary>
/// The one policy of who may do what: routes, the hub and entities ask it and nothing else compares roles or owners. An answer of null is a yes; a refusal says what was missing.
/// Owners act on their own things, moderators on anybody's content, admins on everything.
/// </summary>
public static class Access
{
    /// <summary>Who acts for somebody else may look, and not vote, move wallets or administer in that name.</summary>
    public static readonly Rejection InPerson = Rejection.Forbidden("This needs the user in person: the session acts in the user's name (impersonation).");

    /// <summary>What anyone with a role may do.</summary>
    /// <param name="caller">Who wants to.</param>
    /// <param name="least">The least role.</param>
    public static Rejection? OfRole(Caller caller, Role least) => caller.Role >= least ? null : Rejection.Forbidden($"This needs {Named(least)}.");

    /// <summary>What an owner may do with a thing, and whoever has a certain role with anybody's.</summary>
    /// <param name="caller">Who wants to.</param>
    /// <param name="ownerId">Whose the thing is; null when it is nobody's.</param>
    /// <param name="others">The least role of those whose it is not; null when it is the owner's alone.</param>
    /// <param name="owner">What an owner of such a thing is called.</param>
    public static Rejection? OfOwner(Caller caller, string? ownerId, Role? others = Role.Moderator, string owner = "owner") =>
        caller.UserId == ownerId || caller.Role >= others ? null
        : Rejection.Forbidden(others is { } least ? $"Only the {owner}, or somebody with {Named(least)}, may do this." : $"Only the {owner} may do this.");

    private static string Named(Role least) => least == Role.Admin ? "the role admin" : $"the role {WireEnum<Role>.Name(least)} or a higher one";
}
