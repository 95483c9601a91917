using WildNOut.Actors.Engine;

namespace WildNOut.Web.Identity;

/// <summary>Endpoint metadata: who may call, judged by <see cref="Access"/>. Routes without it are open to everyone.</summary>
/// <param name="Least">The least role; <see cref="Role.User"/> is anyone who is signed in.</param>
public sealed record AccessRule(Role Least);

/// <summary>Endpoint metadata: nobody may do this in another's name. Whatever changes something and needs the role admin is so without it.</summary>
public sealed record InPerson;

/// <summary>Endpoint metadata: a token that comes along is not looked at, because the route gives tokens out or tells machines about the node.</summary>
public sealed record IgnoresTokens;

/// <summary>Declares who may call a route.</summary>
public static class AccessRules
{
    /// <summary>Only people who are signed in.</summary>
    public static TBuilder RequireCaller<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireRole(Role.User);

    /// <summary>Only people who are signed in, themselves.</summary>
    public static TBuilder RequireCallerInPerson<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireCaller().WithMetadata(new InPerson());

    /// <summary>Only people with this role or a higher one.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, Role least)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(least));
}
