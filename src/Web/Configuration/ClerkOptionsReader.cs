using WildNOut.Web.Identity.Clerk;

namespace WildNOut.Web.Configuration;

/// <summary>Reads what the environment says about Clerk.</summary>
internal static class ClerkOptionsReader
{
    private const int MaxClaimParts = 4;

    /// <summary>Reads and judges the settings; null when nobody signs in with Clerk here.</summary>
    public static ClerkOptions? Read(EnvironmentReader read, bool development)
    {
        var issuer = Address(read, "CLERK_ISSUER", development)?.AbsoluteUri.TrimEnd('/');
        var keys = Address(read, "CLERK_JWKS_URL", development);
        var parties = ServerOptionsReader.Origins(read, "CLERK_AUTHORIZED_PARTIES", any: false);
        var claim = Claim(read);
        var webhooks = WebhookKey(read, development);
        if (read.Text("CLERK_ISSUER") is null)
        {
            foreach (var name in (string[])["CLERK_JWKS_URL", "CLERK_AUTHORIZED_PARTIES", "CLERK_ROLE_CLAIM", "CLERK_WEBHOOK_SECRET"])
            {
                if (read.Text(name) is not null)
                {
                    read.Fault("CLERK_ISSUER", $"is missing, but {name} is set.");
                }
            }

            return null;
        }

        if (parties.Count == 0 && !development)
        {
            read.Fault("CLERK_AUTHORIZED_PARTIES", "is missing; outside Development it must list the origins whose tokens are taken.");
        }

        return issuer is null ? null : new ClerkOptions
        {
            Issuer = issuer,
            Keys = keys ?? new Uri(issuer + "/.well-known/jwks.json"),
            AuthorizedParties = parties,
            RoleClaim = claim,
            WebhookKey = webhooks,
        };
    }

    private static Uri? Address(EnvironmentReader read, string name, bool development)
    {
        if (read.Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == "https" || (development && url.Scheme == "http"))
            && url is { UserInfo: "", Query: "", Fragment: "" })
        {
            return url;
        }

        read.Fault(name, $"'{text}' is not an address such as https://clerk.example.org.");
        return null;
    }

    private static string[] Claim(EnvironmentReader read)
    {
        var text = read.Text("CLERK_ROLE_CLAIM") ?? "metadata.role";
        var parts = text.Split('.');
        if (parts.Length > MaxClaimParts || parts.Any(part => part.Length == 0 || part.Any(char.IsWhiteSpace)))
        {
            read.Fault("CLERK_ROLE_CLAIM", $"'{text}' is not the path of a claim such as metadata.role.");
        }

        return parts;
    }

    private static byte[]? WebhookKey(EnvironmentReader read, bool development)
    {
        if (read.Text("CLERK_WEBHOOK_SECRET") is not { } text)
        {
            return null;
        }

        // The value is never repeated in a fault.
        if (!WebhookSignature.TryReadSecret(text, out var key))
        {
            read.Fault("CLERK_WEBHOOK_SECRET", $"is not whsec_ and {WebhookSignature.LeastKeyBytes} to {WebhookSignature.MostKeyBytes} bytes in base64.");
        }
        else if (!development && text == WebhookSignature.PublicExample)
        {
            read.Fault("CLERK_WEBHOOK_SECRET", "is the example of the signature's documentation, which everybody knows.");
        }

        return key;
    }
}
