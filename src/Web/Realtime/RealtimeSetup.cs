using MessagePack;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WildNOut.Actors.Token;
using WildNOut.Chain;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Realtime;

/// <summary>Puts the hub, the bridge and the fan-out into a node.</summary>
public static class RealtimeSetup
{
    /// <summary>Where the hub is.</summary>
    public const string HubPath = "/hubs/arena";

    /// <summary>Largest message a client may send, in bytes.</summary>
    public const int MaxMessageBytes = 32 * 1024;

    /// <summary>A client that takes nothing of what is written to it for so long is closed; it may come back.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    /// <summary>Adds real time. An actor system and its shard regions must be there, and be started first.</summary>
    public static IServiceCollection AddRealtime(this IServiceCollection services)
    {
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = MaxMessageBytes;
            options.MaximumParallelInvocationsPerClient = 1;
        });
        services.RemoveAll<IHubProtocol>();
        services.AddSingleton<IHubProtocol>(provider =>
            new ArenaProtocol(new JsonHubProtocol(provider.GetRequiredService<IOptions<JsonHubProtocolOptions>>())));
        services.AddSingleton<IHubProtocol>(_ => new ArenaProtocol(new MessagePackHubProtocol(Options.Create(
            new MessagePackHubProtocolOptions { SerializerOptions = MessagePackOptions() }))));

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RealtimeMetrics>();
        services.AddSingleton<StreamSeats>();
        services.AddSingleton<ChannelFanout>();
        services.AddSingleton(provider => new TokenTail(
            provider.GetService<FeedReader>(),
            provider.GetService<ChainOptions>()?.Mint,
            provider.GetRequiredService<ChannelFanout>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TokenTail>>()));
        services.TryAddSingleton(new GatewayOptions());
        services.TryAddSingleton<EntityGateway>();
        services.AddSingleton<ArenaConnections>();
        services.AddSingleton<HubLifetimeManager<ArenaHub>>(provider => provider.GetRequiredService<ArenaConnections>());
        services.AddHostedService<RealtimeService>();
        return services;
    }

    /// <summary>Maps the hub. Server-Sent Events are not offered: a browser could not say there who it is.</summary>
    public static HubEndpointConventionBuilder MapRealtime(this WebApplication app) => app.MapHub<ArenaHub>(HubPath, options =>
    {
        options.TransportSendTimeout = StuckAfter;
        options.Transports = HttpTransportType.WebSockets | HttpTransportType.LongPolling;
    });

    private static MessagePackSerializerOptions MessagePackOptions() => MessagePackSerializerOptions.Standard
        .WithResolver(CompositeResolver.Create([new ArenaMessageFormatter(), new TokenLineFormatter()], [StandardResolver.Instance]))
        .WithSecurity(MessagePackSecurity.UntrustedData);
}
