using WildNOut.Web.Configuration;
using WildNOut.Web.Endpoints;
using WildNOut.Web.Gateway;
using WildNOut.Web.Identity.Clerk;

namespace WildNOut.Web.Identity;

/// <summary>Puts identity into a node: whose tokens are taken, sessions and their cookies, Clerk.</summary>
public static class IdentitySetup
{
    /// <summary>Adds the services.</summary>
    public static void AddIdentity(this IServiceCollection services, ServerOptions options)
    {
        services
            .AddSingleton<EndedSessions>()
            .AddHostedService(provider => provider.GetRequiredService<EndedSessions>())
            .AddSingleton<CookieSessions>()
            .AddSingleton<CsrfGuard>()
            .AddSingleton<TokenCache>();
        AddSigned(services, SignedTokens.PlatformIssuer, options.JwtSecret, options.JwtLifetime);
        if (options.Development)
        {
            AddSigned(services, SignedTokens.DevelopmentIssuer, ServerOptions.DevelopmentSecret, options.JwtLifetime);
        }

        if (options.Clerk is { } clerk)
        {
            AddClerk(services, clerk);
        }
    }

    /// <summary>Maps the routes that do not depend on how one signed in.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder api, ServerOptions options)
    {
        var services = api.ServiceProvider;
        CsrfEndpoints.Map(api, services.GetRequiredService<CookieSessions>(), services.GetRequiredService<CsrfGuard>());
        if (options.Clerk is { WebhookKey: { } key } clerk)
        {
            ClerkWebhookEndpoints.Map(
                api,
                services.GetRequiredService<EntityGateway>(),
                new WebhookSignature([.. key], services.GetRequiredService<TimeProvider>()),
                services.GetRequiredService<EndedSessions>(),
                new ClerkUsers(clerk));
        }
    }

    private static void AddSigned(IServiceCollection services, string issuer, string secret, TimeSpan lifetime)
    {
        services.AddKeyedSingleton(issuer, (provider, _) => new SignedTokens(issuer, secret, lifetime, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITokenProvider>(provider => provider.GetRequiredKeyedService<SignedTokens>(issuer));
    }

    private static void AddClerk(IServiceCollection services, ClerkOptions clerk)
    {
        services.AddSingleton(provider => new SigningKeys(
            clerk.Keys,
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { MaxResponseContentBufferSize = SigningKeys.MaxBytes },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SigningKeys>>()));
        services.AddSingleton<ITokenProvider>(provider =>
            new ClerkTokens(clerk, provider.GetRequiredService<SigningKeys>(), provider.GetRequiredService<TimeProvider>()));
    }
}
