using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Actors.Tests.Nodes;

/// <summary>A whole node without the web, on a given database, every message serialized.</summary>
public sealed class TestNode : IAsyncDisposable
{
    /// <summary>Nothing to be earned but by deeds, so that points are told apart.</summary>
    public const string NoAchievements = "wildnout.achievements.definitions = []";

    private readonly IHost _host;

    private TestNode(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    private ShardRegions Regions => Services.GetRequiredService<ShardRegions>();

    public static async Task<TestNode> Start(string databaseUrl, string? hocon = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddWildNOutActors(new NodeOptions { DatabaseUrl = databaseUrl, Port = 0, ExtraHocon = hocon });
        var host = builder.Build();
        await host.StartAsync();
        return new TestNode(host);
    }

    public async Task<IReply> Ask(EntityAddress to, IMessage message, string? commandId = null, string? fingerprint = null)
    {
        var reply = await Regions[to.Region].Ask<IReply>(new Envelope(to.EntityId, message, commandId, fingerprint), TimeSpan.FromSeconds(20));
        return reply is Done done ? done.Reply : reply;
    }

    public async Task<T> Ask<T>(EntityAddress to, IMessage message, string? commandId = null) =>
        await Ask(to, message, commandId) switch
        {
            T expected => expected,
            var other => throw new InvalidOperationException($"Expected {typeof(T).Name} and got {other}"),
        };

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
