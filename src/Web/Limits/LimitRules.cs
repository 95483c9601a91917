using Microsoft.AspNetCore.Routing.Patterns;

namespace WildNOut.Web.Limits;

/// <summary>Which rule holds for which route.</summary>
public sealed class LimitRules
{
    /// <summary>The rules out of their options.</summary>
    public LimitRules(LimitOptions options)
    {
        Default = new LimitRule("default", options.Max, options.Window);
        Battles = new LimitRule("battles", options.Max * 2, options.Window);
        Content = new LimitRule("content", options.Max * 2, options.Window);
        Feed = new LimitRule("feed", options.Max + options.Max / 2, options.Window);
        Auth = new LimitRule("auth", options.AuthMax, options.AuthWindow, guarded: true);
        Machines = Default.Except(_ => true);
        Hub = Default.Except(IsTrafficOfAConnection);
        All = [Default, Battles, Content, Feed, Auth];
    }

    /// <summary>Whatever has no rule of its own, unknown addresses too.</summary>
    public LimitRule Default { get; }

    /// <summary>Battles, entries and votes.</summary>
    public LimitRule Battles { get; }

    /// <summary>Content.</summary>
    public LimitRule Content { get; }

    /// <summary>The feed.</summary>
    public LimitRule Feed { get; }

    /// <summary>Signing in and proving a wallet.</summary>
    public LimitRule Auth { get; }

    /// <summary>What machines ask about the node: not counted.</summary>
    public LimitRule Machines { get; }

    /// <summary>The hub: opening a connection is counted, the traffic of an open one (which names its id) has limits of its own.</summary>
    public LimitRule Hub { get; }

    /// <summary>All rules, by which nodes speak to each other.</summary>
    public IReadOnlyList<LimitRule> All { get; }

    /// <summary>Gives each route of a group its rule.</summary>
    /// <param name="group">The group.</param>
    /// <param name="prefix">The path of the group.</param>
    public void HoldFor(IEndpointConventionBuilder group, string prefix)
    {
        var skip = prefix.Count(character => character == '/');
        group.Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder route)
            {
                endpoint.Metadata.Add(Of([.. route.RoutePattern.PathSegments.Skip(skip).Take(2).Select(Literal)]));
            }
        });
    }

    /// <summary>The rule of a path, by its first segments after the prefix; null stands for a segment that is a parameter.</summary>
    public LimitRule Of(params IReadOnlyList<string?> path) => path switch
    {
        // Development's tokens go to anyone who asks, and a CSRF token to its own session: there is nothing to guess.
        ["auth", "dev" or "csrf", ..] => Default,
        ["auth", ..] or ["wallet", "challenge" or "verify", ..] => Auth,
        ["battles" or "entries", ..] => Battles,
        ["content", ..] => Content,
        ["feed", ..] => Feed,
        _ => Default,
    };

    /// <summary>Whoever names a connection that is not there gets nothing; negotiating opens one, whatever is named.</summary>
    private static bool IsTrafficOfAConnection(HttpContext http) =>
        http.Request.Query.ContainsKey("id") && http.Request.Path.Value?.EndsWith("/negotiate", StringComparison.OrdinalIgnoreCase) == false;

    private static string? Literal(RoutePatternPathSegment segment) => segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content.ToLowerInvariant() : null;
}
