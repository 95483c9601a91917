namespace WildNOut.Web.Configuration;

/// <summary>How Clerk's tokens and webhooks are judged.</summary>
public sealed record ClerkOptions
{
    /// <summary>The only <c>iss</c> that is taken (<c>CLERK_ISSUER</c>), without a slash at the end.</summary>
    public required string Issuer { get; init; }

    /// <summary>Where the keys are (<c>CLERK_JWKS_URL</c>).</summary>
    public required Uri Keys { get; init; }

    /// <summary>The origins a token may have been made for (<c>CLERK_AUTHORIZED_PARTIES</c>); empty for any, in Development only.</summary>
    public required IReadOnlyList<string> AuthorizedParties { get; init; }

    /// <summary>The path of the claim that holds the role (<c>CLERK_ROLE_CLAIM</c>), outermost name first.</summary>
    public required IReadOnlyList<string> RoleClaim { get; init; }

    /// <summary>The key that webhooks are signed with (<c>CLERK_WEBHOOK_SECRET</c>); null when none are taken.</summary>
    public IReadOnlyList<byte>? WebhookKey { get; init; }
}
