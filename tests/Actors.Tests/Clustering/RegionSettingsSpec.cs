using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Persistence.Sql;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Actors.Engine.ReadModel;
using Xunit;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Actors.Tests.Clustering;

/// <summary>The settings that decide how regions behave, as a running system has them.</summary>
public sealed class RegionSettingsSpec(ClusterNode node) : IClassFixture<ClusterNode>
{
    public static TheoryData<string> Regions => [.. ActorsSetup.Capabilities(ClusterNode.Options).SelectMany(capability => capability.Regions).Select(region => region.Name)];

    [Theory]
    [MemberData(nameof(Regions))]
    public void Every_region_runs_on_entities_nodes_keeps_its_state_in_ddata_and_remembers_nothing(string name)
    {
        var settings = RegionStarter.SettingsOf(node.System, RegionOf(name));
        Assert.Equal("entities", settings.Role);
        Assert.Equal(StateStoreMode.DData, settings.StateStoreMode);
        Assert.False(settings.RememberEntities);
        Assert.Equal(RegionOf(name).PassivateAfter ?? TimeSpan.Zero, settings.PassivateIdleEntityAfter);
    }

    [Fact]
    public void Names_shards_and_passivation_are_these()
    {
        var regions = ActorsSetup.Capabilities(ClusterNode.Options).SelectMany(capability => capability.Regions);
        Assert.Equal(
            [
                ("ballot-box", 8, true, null),
                ("battle", 60, false, TimeSpan.FromMinutes(10)),
                .. regions.Where(region => region.Name is not ("battle" or "ballot-box")).Select(Row).Order(),
            ],
            regions.Select(Row).OrderBy(row => row.Name is not ("battle" or "ballot-box")).ThenBy(row => row.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_region_hands_its_entities_off_with_their_own_stop_message()
    {
        Cluster.Get(node.System).Join(Cluster.Get(node.System).SelfAddress);
        var (alive, stopped) = (new TaskCompletionSource<object>(), new TaskCompletionSource<object>());
        var region = new EntityRegion("probe", 4, (_, _) => Props.Create(() => new Probe(alive, stopped)));
        var runtime = new EntityRuntime(new ShardRegions(), TimeProvider.System, _ => { });
        var door = RegionStarter.Start(node.System, region, runtime, hosts: true);
        door.Tell(new Envelope("one", new GetBattle()));
        Assert.IsType<Envelope>(await alive.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        door.Tell(GracefulShutdown.Instance);
        Assert.IsType<StopEntity>(await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void The_split_brain_resolver_keeps_the_majority()
    {
        Assert.Contains("SplitBrainResolverProvider", node.Hocon("akka.cluster.downing-provider-class"), StringComparison.Ordinal);
        Assert.Equal("keep-majority", node.Hocon("akka.cluster.split-brain-resolver.active-strategy"));
        Assert.Equal(TimeSpan.FromSeconds(1), node.System.Settings.Config.GetTimeSpan("akka.cluster.split-brain-resolver.stable-after"));
    }

    [Fact]
    public void A_lost_node_is_noticed_and_replaced_within_ten_seconds()
    {
        var config = node.System.Settings.Config;
        var detection = config.GetTimeSpan("akka.cluster.failure-detector.acceptable-heartbeat-pause") + TimeSpan.FromSeconds(2);
        var stable = config.GetTimeSpan("akka.cluster.split-brain-resolver.stable-after");
        Assert.True(detection + 2 * stable < TimeSpan.FromSeconds(10), $"{detection} + 2 × {stable}");
    }

    [Fact]
    public void A_home_that_cannot_be_written_is_written_anew_after_a_second()
    {
        var settings = RegionStarter.SettingsOf(node.System, RegionOf(Names.Regions.Battle)).TuningParameters;
        Assert.Equal(TimeSpan.FromSeconds(1), settings.UpdatingStateTimeout);
    }

    [Fact]
    public void Sharding_state_is_not_kept_on_disk_and_entities_are_not_remembered()
    {
        Assert.Equal("ddata", node.Hocon("akka.cluster.sharding.state-store-mode"));
        Assert.Empty(node.System.Settings.Config.GetStringList("akka.cluster.sharding.distributed-data.durable.keys"));
        Assert.False(node.System.Settings.Config.GetBoolean("akka.cluster.sharding.remember-entities"));
    }

    [Fact]
    public void The_journal_writes_in_few_large_batches_and_is_created_by_migrations_only()
    {
        var sql = node.System.Settings.Config.GetConfig("akka.persistence.journal.sql");
        Assert.Equal("Csv", sql.GetString("tag-write-mode"));
        Assert.Equal(1, sql.GetInt("parallelism"));
        Assert.False(sql.GetBoolean("auto-initialize"));
        Assert.False(node.System.Settings.Config.GetBoolean("akka.persistence.snapshot-store.sql.auto-initialize"));
        Assert.Equal("SQLite.MS", sql.GetString("provider-name"));
    }

    [Fact]
    public void Each_database_brings_its_provider() =>
        Assert.Equal("PostgreSQL.15", NodeHocon.Of(ClusterNode.Options, DatabaseKind.Postgres).GetString("akka.persistence.journal.sql.provider-name"));

    [Fact]
    public void What_an_operator_says_wins_over_the_options_and_the_files()
    {
        var options = ClusterNode.Options with
        {
            Port = 1,
            ExtraHocon = "akka { remote.dot-netty.tcp.port = 2, cluster.split-brain-resolver.stable-after = 7s, actor.provider = local }",
        };
        var config = NodeHocon.Of(options, DatabaseKind.Sqlite);
        Assert.Equal(2, config.GetInt("akka.remote.dot-netty.tcp.port"));
        Assert.Equal(TimeSpan.FromSeconds(7), config.GetTimeSpan("akka.cluster.split-brain-resolver.stable-after"));
        Assert.Equal("local", config.GetString("akka.actor.provider"));
        Assert.Equal("keep-majority", config.GetString("akka.cluster.split-brain-resolver.active-strategy"));
    }

    [Fact]
    public void Options_become_address_roles_and_seeds()
    {
        var config = NodeHocon.Of(
            ClusterNode.Options with { Hostname = "node-1", Port = 8110, Roles = ["web", "entities"], Seeds = ["node-1:8110", "node-2:8110"] }, DatabaseKind.Sqlite);
        Assert.Equal("node-1", config.GetString("akka.remote.dot-netty.tcp.hostname"));
        Assert.Equal(8110, config.GetInt("akka.remote.dot-netty.tcp.port"));
        Assert.Equal(["web", "entities"], config.GetStringList("akka.cluster.roles"));
        Assert.Equal(["akka.tcp://wildnout@node-1:8110", "akka.tcp://wildnout@node-2:8110"], config.GetStringList("akka.cluster.seed-nodes"));
    }

    private static EntityRegion RegionOf(string name) =>
        ActorsSetup.Capabilities(ClusterNode.Options).SelectMany(capability => capability.Regions).Single(region => region.Name == name);

    private static (string Name, int Shards, bool OneShardAnEntity, TimeSpan? PassivateAfter) Row(EntityRegion region) =>
        (region.Name, region.Shards, region.OneShardAnEntity, region.PassivateAfter);
}

/// <summary>The actor system of one node, not joined to any cluster.</summary>
public sealed class ClusterNode : IAsyncLifetime
{
    public static NodeOptions Options { get; } = new() { DatabaseUrl = "sqlite:none", Port = 0 };

    public ActorSystem System { get; } = ActorSystem.Create(
        Names.System,
        ActorSystemSetup.Empty
            .WithSetup(BootstrapSetup.Create().WithConfig(
                NodeHocon.Of(Options, DatabaseKind.Sqlite).WithFallback(SqlPersistence.DefaultConfiguration)
                    .WithFallback(ClusterSharding.DefaultConfig()).WithFallback(ClusterSingleton.DefaultConfig()).WithFallback(ConfigurationFactory.Default())))
            .WithSetup(new MessageCatalogueSetup(ActorsSetup.Catalogue(ActorsSetup.Capabilities(Options)))));

    public string Hocon(string path) => System.Settings.Config.GetString(path);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => System.Terminate();
}

internal sealed class Probe(TaskCompletionSource<object> alive, TaskCompletionSource<object> stopped) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (alive.TrySetResult(message))
        {
            return;
        }

        stopped.TrySetResult(message);
        Context.Stop(Self);
    }
}
