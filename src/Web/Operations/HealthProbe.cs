using System.Data.Common;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;
using Akka.Persistence;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Operations;

/// <summary>Finds out how the node is; a finding holds for a second, and one check runs at a time.</summary>
public sealed class HealthProbe(
    [FromKeyedServices(ReadModelDatabase.OfTheNode)] ReadModelDatabase database,
    WarmUp warmUp,
    ActorSystem system,
    Departure departure,
    UserStandings standings,
    TimeProvider clock,
    ChainProbe? chain = null)
{
    private const string Journal = "akka.persistence.journal.sql";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task<HealthResponse>? _latest;
    private long _started;

    /// <summary>How the node is.</summary>
    public Task<HealthResponse> CheckAsync()
    {
        lock (_gate)
        {
            if (_latest is null || (_latest.IsCompleted && clock.GetElapsedTime(_started) > Fresh))
            {
                _started = clock.GetTimestamp();
                _latest = RunAsync();
            }

            return _latest;
        }
    }

    /// <summary>Why the node should get no requests; null when it should.</summary>
    public string? WhyNotReady()
    {
        if (departure.Begun)
        {
            return "The node is leaving.";
        }

        if (Cluster.Get(system).SelfMember.Status is not MemberStatus.Up)
        {
            return "The node is not a full member of the cluster.";
        }

        return !warmUp.Done ? "The shard regions do not answer yet."
            : !standings.Loaded ? "Granted roles and deleted accounts are not known yet."
            : null;
    }

    /// <summary>The members of the cluster as this node sees them.</summary>
    public IReadOnlyList<MemberDetails> Members()
    {
        var state = Cluster.Get(system).State;
        return [.. state.Members.Select(member => new MemberDetails(
            member.Address.ToString(), member.Status.ToString(), !state.Unreachable.Contains(member), member.Roles))];
    }

    /// <summary>More about the chain; null where there is none.</summary>
    public async Task<ChainDetails?> ChainAsync() => chain is null ? null : await chain.DetailsAsync();

    private static HealthPart Bad(string message) => new(HealthState.Unhealthy, message);

    private async Task<HealthResponse> RunAsync()
    {
        using var bound = new CancellationTokenSource(Bound, clock);
        var feed = chain is null ? null : ChainAsync(chain, bound.Token);
        var checks = await Task.WhenAll(DatabaseAsync(bound.Token), JournalAsync(bound.Token));
        var parts = new Dictionary<string, HealthPart>(StringComparer.Ordinal)
        {
            ["database"] = checks[0],
            ["journal"] = checks[1],
            ["cluster"] = ClusterPart(),
        };
        if (feed is not null)
        {
            parts["chain"] = await feed;
        }

        return new HealthResponse(parts.Values.Max(part => part.Status), parts, clock.GetUtcNow());
    }

    private async Task<HealthPart> DatabaseAsync(CancellationToken bound)
    {
        try
        {
            await database.PingAsync(bound).WaitAsync(bound);
            return new HealthPart(HealthState.Healthy);
        }
        catch (Exception failure) when (failure is DbException or SocketException or TimeoutException or OperationCanceledException)
        {
            return Bad("The database does not answer.");
        }
    }

    private static async Task<HealthPart> ChainAsync(ChainProbe chain, CancellationToken bound)
    {
        try
        {
            return await chain.CheckAsync().WaitAsync(bound);
        }
        catch (OperationCanceledException)
        {
            return new HealthPart(HealthState.Degraded, "The feed of the token does not answer.");
        }
    }

    private async Task<HealthPart> JournalAsync(CancellationToken bound)
    {
        try
        {
            var health = await Persistence.Instance.Apply(system).CheckJournalHealthAsync(Journal, bound).WaitAsync(bound);
            return health.Status switch
            {
                PersistenceHealthStatus.Healthy => new HealthPart(HealthState.Healthy),
                PersistenceHealthStatus.Degraded => new HealthPart(HealthState.Degraded, "The journal is recovering."),
                _ => Bad("The journal does not write."),
            };
        }
        catch (Exception failure) when (failure is AskTimeoutException or TimeoutException or OperationCanceledException)
        {
            return Bad("The journal does not answer.");
        }
    }

    private HealthPart ClusterPart()
    {
        var cluster = Cluster.Get(system);
        if (cluster.IsTerminated || cluster.SelfMember.Status is not MemberStatus.Up)
        {
            return Bad($"This node is {cluster.SelfMember.Status} in the cluster.");
        }

        var unreachable = cluster.State.Unreachable.Count;
        return unreachable == 0
            ? new HealthPart(HealthState.Healthy)
            : new HealthPart(HealthState.Degraded, FormattableString.Invariant($"{unreachable} of {cluster.State.Members.Count} nodes cannot be reached."));
    }
}
