using Akka.Actor;
using Akka.Cluster.Sharding;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Engine;

/// <summary>Everything that follows the journal, somewhere in the cluster: one worker for all projections, one for all policies, and one for each policy that rests.</summary>
public static class ReadSide
{
    private const string DaemonName = "read-side";

    /// <summary>Starts the workers on nodes with the role <see cref="Names.Roles.Entities"/>; call it on each of these, and after sharding has started.</summary>
    public static void Start(
        ActorSystem system,
        ReadModelDatabase database,
        IReadOnlyList<Capability> capabilities,
        ShardRegions regions,
        ReadSideMetrics metrics,
        ILoggerFactory logs,
        JournalWorkerSettings? settings = null)
    {
        var decoder = new JournalDecoder(system);
        var usual = settings ?? new JournalWorkerSettings();
        var policies = capabilities.SelectMany(capability => capability.Policies).ToList();
        Func<JournalWorker>[] workers =
        [
            () => Worker(
                capabilities.SelectMany(capability => capability.Projections).Select(projection => new ProjectionReader(database, projection)),
                usual with { InTurn = true }),
            () => Worker(policies.Where(policy => policy.Brisk is null).Select(Reader), usual),
            .. policies.Where(policy => policy.Brisk is not null).Select(policy => new Func<JournalWorker>(() => Worker([Reader(policy)], usual))),
        ];
        ShardedDaemonProcess.Get(system).Init(
            DaemonName,
            workers.Length,
            index => Props.Create(() => new JournalWorkerActor(workers[index])),
            ShardedDaemonProcessSettings.Create(system).WithRole(Names.Roles.Entities).WithKeepAliveInterval(TimeSpan.FromSeconds(1)),
            PoisonPill.Instance);

        PolicyReader Reader(Policy policy) => new(database, policy, regions, logs.CreateLogger<PolicyReader>());

        JournalWorker Worker(IEnumerable<JournalReader> readers, JournalWorkerSettings how) =>
            new(database, decoder, [.. readers], how, metrics, logs.CreateLogger<JournalWorker>());
    }
}
