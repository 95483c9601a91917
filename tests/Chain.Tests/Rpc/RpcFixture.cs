using Akka.Actor;
using Akka.TestKit;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>Some servers, a pool that asks them, and a clock by hand.</summary>
internal sealed class RpcFixture : IAsyncDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("rpc", """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """);
    private readonly HttpClient _http = RpcTransport.Client();

    private RpcFixture(RpcPoolOptions options, ScriptedRpcServer[] servers, int fallbacks)
    {
        Servers = servers;
        Options = options;
        var addresses = servers.Select(server => server.Address).ToArray();
        Pool = new RpcPool(new ChainAddresses(addresses[..^fallbacks], addresses[^fallbacks..], null), options, _http, Metrics, _system.Scheduler, Clock);
        Rpc = new SolanaRpc(Pool);
    }

    public static RpcPoolOptions Unlimited { get; } = new() { CallsPerWindow = 0, CallsPerMethodPerWindow = 0 };

    public TestClock Clock { get; } = new();

    public RpcMetrics Metrics { get; } = new();

    public RpcPoolOptions Options { get; }

    public ScriptedRpcServer[] Servers { get; }

    public ScriptedRpcServer Server => Servers[0];

    public RpcPool Pool { get; }

    public SolanaRpc Rpc { get; }

    /// <summary>Starts servers, of which the last ones are fallbacks.</summary>
    public static async Task<RpcFixture> StartAsync(int servers = 1, int fallbacks = 0, RpcPoolOptions? options = null)
    {
        var started = await Task.WhenAll(Enumerable.Range(0, servers).Select(_ => ScriptedRpcServer.StartAsync()));
        return new RpcFixture(options ?? Unlimited, started, fallbacks);
    }

    public Task<ulong> SlotAsync() => Rpc.GetSlotAsync(Commitment.Confirmed, CancellationToken.None);

    /// <summary>Lets time pass for the pool and for its breakers.</summary>
    public void Advance(TimeSpan time)
    {
        ((TestScheduler)_system.Scheduler).Advance(time);
        Clock.Advance(time);
    }

    /// <summary>Waits until somebody waits, lets that time pass, and tells how long it was.</summary>
    public async Task<TimeSpan> PassAsync()
    {
        var wait = await Clock.WaitedForAsync(Options.CallTimeout);
        Advance(wait);
        return wait;
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _http.Dispose();
        Metrics.Dispose();
        await Task.WhenAll(Servers.Select(server => server.DisposeAsync().AsTask()));
    }
}
