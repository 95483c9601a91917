using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Actors.Limits;
using WildNOut.Web.Limits;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Web.Tests.Limits;

/// <summary>Three web nodes and the owners in one process; every message goes through the serializer.</summary>
internal sealed class LimitedNodes : IAsyncDisposable
{
    private static readonly Config Strict = $$"""
        akka.loglevel = WARNING
        akka.actor {
          serialize-messages = on
          serializers.journal = "{{typeof(JournalSerializer).AssemblyQualifiedName}}"
          serialization-bindings { "{{typeof(IMessage).AssemblyQualifiedName}}" = journal }
        }
        """;

    private readonly ActorSystem _system;
    private readonly OwnerRoad _road = new();
    private readonly IActorRef[] _keepers;

    public LimitedNodes(LimitOptions? options = null)
    {
        _system = ActorSystem.Create("limits", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(Strict), new MessageCatalogueSetup(MessageCatalogue.Build(new LimitsSetup().List))));
        Nodes = [.. Enumerable.Range(0, 3).Select(number => new LimitedNode($"node-{number}", new LimitRules(options ?? new LimitOptions()), Clock))];
        var regions = new ShardRegions();
        regions.Add(Names.Regions.Limits, _system.ActorOf(Props.Create(() => new OwnerRouter(_road, Clock, WebNodesNow))));
        _keepers = [.. Nodes.Select(node => _system.ActorOf(PermitKeeper.Props(node.Id, node.Rules, node.Limiter, regions, Metrics, Clock)))];
        for (var number = 0; number < Nodes.Count; number++)
        {
            Nodes[number].Limiter.Nodes = Nodes.Count;
            Nodes[number].Limiter.Attach(_keepers[number]);
        }
    }

    public ManualClock Clock { get; } = new();

    public IReadOnlyList<LimitedNode> Nodes { get; }

    /// <summary>Messages from nodes to owners.</summary>
    public int Asked => _road.Asked;

    private static LimitMetrics Metrics { get; } = new();

    /// <summary>From now on no message comes to an owner.</summary>
    public void CutOff(bool cut = true) => _road.Cut = cut;

    /// <summary>All owners forget everything, as when they start anew on another node.</summary>
    public void ForgetOwners() => _road.Epoch++;

    /// <summary>A node's keeper dies: it answers no owner.</summary>
    public Task SilenceAsync(int node) => _keepers[node].GracefulStop(TimeSpan.FromSeconds(30));

    /// <summary>A caller whose window has just begun.</summary>
    public string WithLongWindow()
    {
        var counts = new CountTable(1, 60_000);
        var now = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        return Enumerable.Range(0, 10_000).Select(number => $"early-{number}").First(user => counts.Take(new CallerKey(user, IsUser: true), now, 1).Ends - now > 58_000);
    }

    /// <summary>Waits for a condition while the clock goes on.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, TimeSpan step = default)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            Clock.Advance(step);
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Sends requests through nodes at full speed and counts those that were admitted.</summary>
    public async Task<int> FloodAsync(string user, int requests, params int[] nodes)
    {
        var admitted = 0;
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (number, _) =>
        {
            if ((await Nodes[nodes[number % nodes.Length]].TakeAsync(user)).Admitted)
            {
                Interlocked.Increment(ref admitted);
            }
        });
        return admitted;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private IReadOnlyList<WebNode> WebNodesNow() => [.. Nodes.Zip(_keepers, (node, keeper) => new WebNode(node.Id, keeper, Reachable: true))];

    private sealed class OwnerRoad
    {
        public int Asked;
        public volatile bool Cut;
        public volatile int Epoch;
    }

    /// <summary>Stands for the shard region.</summary>
    private sealed class OwnerRouter(OwnerRoad road, TimeProvider clock, Func<IReadOnlyList<WebNode>> nodes) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Interlocked.Increment(ref road.Asked);
            if (!road.Cut)
            {
                var name = $"{((Envelope)message).EntityId}-{road.Epoch}";
                var owner = Context.Child(name);
                (owner.IsNobody() ? Context.ActorOf(QuotaOwner.Props(clock, nodes), name) : owner).Forward(message);
            }
        }
    }
}

/// <summary>What a web node has of limits.</summary>
internal sealed class LimitedNode(string id, LimitRules rules, TimeProvider clock)
{
    public string Id => id;

    public LimitRules Rules => rules;

    public RateLimiter Limiter { get; } = new(clock);

    public Task<Admission> TakeAsync(string user, LimitRule? rule = null)
    {
        var (holds, key) = (rule ?? rules.Default, new CallerKey(user, IsUser: true));
        return Limiter.TryTake(holds, key, out var admission) ? Task.FromResult(admission) : Limiter.AskAsync(holds, key);
    }

    public void Fail(string user) => Limiter.Fail(rules.Auth, new CallerKey(user, IsUser: true));
}
