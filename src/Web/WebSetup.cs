using System.Text.Json.Serialization;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Scalar.AspNetCore;
using WildNOut.Actors;
using WildNOut.Actors.Audit;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Token;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using WildNOut.Actors.Wallets;
using WildNOut.Chain;
using WildNOut.Web.Configuration;
using WildNOut.Web.Endpoints;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Limits;
using WildNOut.Web.Listings;
using WildNOut.Web.Operations;
using WildNOut.Web.Operations.Demo;
using WildNOut.Web.Realtime;

namespace WildNOut.Web;

/// <summary>Puts the web into a node.</summary>
public static class WebSetup
{
    /// <summary>A whole node out of its options: actors, REST, real time.</summary>
    public static WebApplication BuildNode(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.AddWildNOutWeb(options);
        builder.Services.AddWildNOutActors(options.ToNode());
        builder.Services.AddRealtime();
        builder.Services.AddLimits(options.Limits);
        if (options.Chain is { } chain)
        {
            builder.Services.AddWildNOutChain(chain, options.ClusterRoles);
        }

        // Stopped before the actor system, so that it can still write.
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());

        // Last of all, because services are stopped in reverse.
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Departure>());
        var app = builder.Build();
        app.MapWildNOutWeb(options);
        app.MapRealtime().WithMetadata(app.Services.GetRequiredService<LimitRules>().Hub);
        return app;
    }

    /// <summary>Adds the services.</summary>
    private static void AddWildNOutWeb(this WebApplicationBuilder builder, ServerOptions options)
    {
        Logging.AddLogging(builder, options);
        // Each connection has its buffer from the start: docs/decisions/0033.
        builder.WebHost.UseSockets(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = JsonBody.MaxBytes;
            kestrel.Limits.MaxConcurrentConnections = 50_000;
            kestrel.Listen(options.Host, options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // The OpenAPI document is made from these contracts.
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, RequestJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, WebJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(2, BattlesJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(3, MarketJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(4, FeedJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(5, WalletsJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(6, AuditJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(7, UsersJson.Default);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.Services
            .AddSingleton(options)
            .AddSingleton(new GatewayOptions { AskTimeout = options.AskTimeout })
            .AddSingleton<EntityGateway>()
            .AddSingleton<SecurityHeaders>()
            .AddSingleton<PageCache>()
            .AddSingleton<PagedAnswers>()
            .AddSingleton<ListReader>()
            .AddSingleton<MarketReader>()
            .AddSingleton<LeaderboardReader>()
            .AddSingleton<TransactionLists>()
            .AddSingleton<AuditLists>()
            .AddSingleton<AuditTrail>()
            .AddSingleton<UserLists>()
            .AddSingleton<ProfileAchievements>()
            .AddSingleton<UserStandings>()
            .AddHostedService(provider => provider.GetRequiredService<UserStandings>())
            .AddHostedService<CallerWatch>()
            .AddSingleton<Arrivals>()
            .AddHostedService(provider => provider.GetRequiredService<Arrivals>())
            .AddSingleton<NotificationLists>()
            .AddSingleton<WarmUp>()
            .AddHostedService(provider => provider.GetRequiredService<WarmUp>())
            .AddSingleton<SignalLifetime>()
            .AddSingleton<IHostLifetime>(provider => provider.GetRequiredService<SignalLifetime>())
            .AddSingleton<Departure>()
            .AddSingleton<HealthProbe>()
            .AddHostedService<StartupNotice>()
            .AddApiDocument(options);
        builder.Services.TryAddSingleton<IWalletsOfUser, LinkedWallets>();
        if (options.Chain is not null)
        {
            builder.Services.AddSingleton<ChainProbe>();
        }

        if (options.Demo)
        {
            builder.Services.AddHostedService<DemoStart>();
        }

        builder.Services.AddIdentity(options);
        AddCors(builder.Services, options);
        AddForwarding(builder.Services, options);
    }

    /// <summary>Maps everything but real time.</summary>
    private static void MapWildNOutWeb(this WebApplication app, ServerOptions options)
    {
        if (options.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<RequestFrame>();
        if (options.CorsOrigins.Count > 0)
        {
            app.UseCors();
        }

        app.UseRouting();
        app.UseMiddleware<IdentityMiddleware>();
        app.UseMiddleware<LimitMiddleware>();
        var limits = app.Services.GetRequiredService<LimitRules>();
        var services = ApiServices.Of(app.Services);
        var api = app.MapGroup(options.ApiPrefix);
        limits.HoldFor(api, options.ApiPrefix);
        BattleEndpoints.Map(api, services);
        EntryEndpoints.Map(api, services);
        VoteEndpoints.Map(api, services);
        MarketEndpoints.Map(api, services.Gateway, app.Services.GetRequiredService<MarketReader>(), app.Services.GetService<ChainOptions>());
        TransactionEndpoints.Map(api, services);
        UserEndpoints.Map(api, services, app.Services.GetRequiredService<UserLists>());
        UserAdminEndpoints.Map(api, services);
        NotificationEndpoints.Map(api, services.Gateway, app.Services.GetRequiredService<NotificationLists>());
        AuditEndpoints.Map(api, services, app.Services.GetRequiredService<AuditLists>());
        LeaderboardEndpoints.Map(api, app.Services.GetRequiredService<LeaderboardReader>());
        api.MapIdentity(options);
        AchievementEndpoints.Map(api, services, app.Services.GetRequiredService<AchievementCatalogue>());
        MapWallets(app, api, services, options);
        if (options.Development)
        {
            DevelopmentEndpoints.Map(api, app.Services.GetRequiredKeyedService<SignedTokens>(SignedTokens.DevelopmentIssuer));
        }

        HealthEndpoints.Map(app.MapGroup("").WithMetadata(limits.Machines), app.Services.GetRequiredService<HealthProbe>());
        app.MapOpenApi().WithMetadata(new IgnoresTokens());
        app.MapScalarApiReference(SecurityHeaders.DocsPath, reference => reference
            .WithNonce().WithTitle("Wild 'n Out").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton()
            .AddPreferredSecuritySchemes(["bearer"])).WithMetadata(new IgnoresTokens());
    }

    private static void MapWallets(WebApplication app, RouteGroupBuilder api, ApiServices services, ServerOptions options)
    {
        if (options.PublicUrl is not { } site)
        {
            return;
        }

        var proofs = new WalletProofs(services.Gateway, site, options.ChainId, app.Services.GetRequiredService<TimeProvider>());
        var signedIn = new SignedIn(
            new RefreshTokens(options.JwtSecret),
            app.Services.GetRequiredKeyedService<SignedTokens>(SignedTokens.PlatformIssuer),
            app.Services.GetRequiredService<CookieSessions>(),
            app.Services.GetRequiredService<CsrfGuard>());
        WalletEndpoints.Map(api, services, proofs);
        WalletSignInEndpoints.Map(api, services, proofs, signedIn);
        SessionEndpoints.Map(api, services, signedIn);
    }

    private static void AddCors(IServiceCollection services, ServerOptions options)
    {
        if (options.CorsOrigins.Count == 0)
        {
            return;
        }

        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            if (options.CorsOrigins.Contains("*", StringComparer.Ordinal))
            {
                policy.AllowAnyOrigin();
            }
            else
            {
                // SignalR's browser client asks with credentials.
                policy.WithOrigins([.. options.CorsOrigins]).AllowCredentials();
            }

            policy.AllowAnyMethod().AllowAnyHeader().SetPreflightMaxAge(TimeSpan.FromHours(1))
                .WithExposedHeaders(
                    "ETag", "Link", "Location", "Retry-After", "WWW-Authenticate", "X-Request-ID", ConsistencyToken.Header, LimitMiddleware.Header, LimitMiddleware.PolicyHeader);
        }));
    }

    private static void AddForwarding(IServiceCollection services, ServerOptions options) => services.Configure<ForwardedHeadersOptions>(forwarding =>
    {
        forwarding.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

        // As many hops as are trusted: the first address that is not is the client's.
        forwarding.ForwardLimit = null;
        forwarding.KnownIPNetworks.Clear();
        forwarding.KnownProxies.Clear();
        foreach (var network in options.TrustedProxies)
        {
            forwarding.KnownIPNetworks.Add(network);
        }
    });
}
