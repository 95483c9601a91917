using System.Globalization;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Web.Identity;
using WildNOut.Web.Realtime;
using Xunit;

namespace WildNOut.Realtime.Tests;

/// <summary>The hub on a real server, with channels on a local actor system that serializes every message.</summary>
public sealed class ArenaHost : IAsyncLifetime
{
    private static readonly Config Strict = $$"""
        akka.loglevel = WARNING
        akka.actor {
          serialize-messages = on
          serializers.journal = "{{typeof(JournalSerializer).AssemblyQualifiedName}}"
          serialization-bindings { "{{typeof(IMessage).AssemblyQualifiedName}}" = journal }
        }
        """;

    private ActorSystem _system = null!;
    private WebApplication _app = null!;

    /// <summary>The address of the hub.</summary>
    public Uri Hub { get; private set; } = null!;

    /// <summary>Channels the node reads.</summary>
    internal ChannelFanout Fanout => _app.Services.GetRequiredService<ChannelFanout>();

    internal ArenaConnections Connections => _app.Services.GetRequiredService<ArenaConnections>();

    private ShardRegions Regions { get; } = new();

    public async Task InitializeAsync()
    {
        var catalogue = MessageCatalogue.Build(new ChannelsSetup().List);
        _system = ActorSystem.Create("realtime", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(Strict), new MessageCatalogueSetup(catalogue)));
        Regions.Add(Names.Regions.Channel, _system.ActorOf(Props.Create(() => new ChannelRouter(TimeProvider.System)), "channels"));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_system).AddSingleton(Regions).AddRealtime();
        _app = builder.Build();
        _app.Use(SignIn);
        _app.UseRouting();
        _app.MapRealtime();
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Hub = new Uri(new Uri(address), RealtimeSetup.HubPath);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _system.Terminate();
    }

    internal Task StopAsync() => _app.StopAsync();

    internal void Publish(Announcement announcement) =>
        Regions.Tell(new EntityAddress(Names.Regions.Channel, announcement.Channel), new Publish(announcement));

    internal Task MoveAsync(string channel) => Regions[Names.Regions.Channel].Ask<bool>(new Move(channel));

    /// <summary>A connection that is not started yet.</summary>
    /// <param name="messagePack">The protocol: MessagePack or JSON.</param>
    /// <param name="user">Such as <c>ada</c>, <c>mo/moderator</c> or <c>ada/user/1777777777</c> with the second at which the token ends.</param>
    /// <param name="reconnects">Whether it comes back by itself.</param>
    internal HubConnection Connection(bool messagePack = false, string? user = null, bool reconnects = false)
    {
        var builder = new HubConnectionBuilder().WithUrl(Hub, HttpTransportType.WebSockets, options =>
        {
            options.AccessTokenProvider = user is null ? null : () => Task.FromResult<string?>(user);
        });
        if (messagePack)
        {
            builder.AddMessagePackProtocol();
        }

        return (reconnects ? builder.WithAutomaticReconnect([TimeSpan.Zero]) : builder).Build();
    }

    internal async Task<ArenaClient> ClientAsync(bool messagePack = false, string? user = null, bool reconnects = false)
    {
        var client = new ArenaClient(Connection(messagePack, user, reconnects), messagePack);
        await client.Connection.StartAsync();
        return client;
    }

    private static Task SignIn(HttpContext http, RequestDelegate next)
    {
        var token = http.Request.Headers.Authorization.ToString() is { Length: > 7 } header ? header[7..] : http.Request.Query["access_token"].ToString();
        if (token.Length > 0)
        {
            var parts = token.Split('/');
            var role = parts.Length > 1 && WireEnum<Role>.TryParse(parts[1], out var named) ? named : Role.User;
            var expires = parts.Length > 2
                ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[2], CultureInfo.InvariantCulture))
                : DateTimeOffset.UtcNow.AddHours(1);
            http.User = new CallerPrincipal(new Caller(parts[0], role), expires);
        }

        return next(http);
    }
}
