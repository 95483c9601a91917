using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.DistributedData;
using Akka.Hosting;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Audit;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Identity;
using WildNOut.Actors.Limits;
using WildNOut.Actors.Notifications;
using WildNOut.Actors.Token;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using WildNOut.Actors.Users.Leaderboards;
using WildNOut.Actors.Wallets;

namespace WildNOut.Actors;

/// <summary>One call: everything that a node with these roles runs.</summary>
public static class ActorsSetup
{
    /// <summary>
    /// Enough for all: each projection and policy (19) keeps one and needs another while it goes alone, as at the start, and each of their workers (5) keeps two.
    /// </summary>
    private const int ReadSideConnections = 60;

    /// <summary>The capabilities of the platform.</summary>
    public static IReadOnlyList<Capability> Capabilities(NodeOptions options) =>
    [
        new ChannelsSetup(Names.Regions.Battle),
        new BattlesSetup(options.BallotBoxes),
        new FeedSetup(),
        new MarketSetup(),
        new WalletsSetup(),
        new UsersSetup(UserSettings.Read(NodeHocon.Of(options, "points")), Achievements(options)),
        new IdentitySetup(),
        new LimitsSetup(),
        new NotificationsSetup(),
        new AuditSetup(),
    ];

    /// <summary>What people can earn on this node; the same on all.</summary>
    public static AchievementCatalogue Achievements(NodeOptions options) => AchievementsConf.Load(NodeHocon.Of(options, "achievements"));

    /// <summary>The catalogue of everything that travels or is journalled.</summary>
    public static MessageCatalogue Catalogue(IEnumerable<Capability> capabilities) =>
        MessageCatalogue.Build([EngineJson.List, .. capabilities.Select(capability => (Action<MessageCatalogue.Builder>)capability.List)]);

    /// <summary>
    /// Adds the actor system to a host: the database is migrated first, then the system starts, joins its cluster and opens its shard regions.
    /// Services added: <see cref="NodeOptions"/>, <see cref="MessageCatalogue"/>, <see cref="ShardRegions"/>, <see cref="ReadModelDatabase"/>,
    /// <see cref="BattleListings"/>, <see cref="TokenTransactionListings"/>, <see cref="FeedReader"/>, <see cref="MarketListings"/>, <see cref="WalletTables"/>,
    /// <see cref="UserListings"/>, <see cref="UserSearch"/>, <see cref="InboxListings"/>, <see cref="LeaderboardListings"/>, <see cref="ProjectionProgress"/>,
    /// <see cref="ReadSideMetrics"/>, <see cref="AchievementCatalogue"/>, <see cref="AchievementTables"/>, <see cref="AuditListings"/>.
    /// </summary>
    public static IServiceCollection AddWildNOutActors(this IServiceCollection services, NodeOptions options)
    {
        var capabilities = Capabilities(options);
        services.AddSingleton(options);
        services.AddSingleton(Catalogue(capabilities));
        services.AddSingleton<ShardRegions>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Database(provider, options.DatabaseReadPoolSize, "requests"));
        services.AddKeyedSingleton(ReadModelDatabase.OfTheNode, (provider, _) => Database(provider, options.DatabasePoolSize));
        services.AddKeyedSingleton(ReadModelDatabase.OfSearches, (provider, _) => Database(provider, options.DatabaseReadPoolSize, ReadModelDatabase.OfSearches));
        services.AddKeyedSingleton(ReadModelDatabase.OfTheReadSide, (provider, _) => Database(provider, ReadSideConnections, ReadModelDatabase.OfTheReadSide));
        services.AddSingleton<ReadSideMetrics>();
        services.AddSingleton<ProjectionProgress>();
        services.AddSingleton<BattleListings>();
        services.TryAddSingleton<ITokenVolumes, NoVolumes>();
        services.AddSingleton<MarketListings>();
        services.AddSingleton<FeedReader>();
        services.AddSingleton<TokenTransactionListings>();
        services.AddSingleton(provider => new WalletTables(DatabaseOfTheNode(provider)));
        services.AddSingleton<UserListings>();
        services.AddKeyedSingleton(ReadModelDatabase.OfTheNode, (provider, _) => new UserListings(DatabaseOfTheNode(provider)));
        services.AddSingleton(provider => new UserSearch(provider.GetRequiredKeyedService<ReadModelDatabase>(ReadModelDatabase.OfSearches)));
        services.AddSingleton(_ => Achievements(options));
        services.AddSingleton<InboxListings>();
        services.AddSingleton<LeaderboardListings>();
        services.AddSingleton<AchievementTables>();
        services.AddSingleton<AuditListings>();
        services.AddHostedService<DatabasePreparation>();
        return services.AddAkka(Names.System, (akka, provider) => Configure(akka, provider, options, capabilities));
    }

    private static ReadModelDatabase Database(IServiceProvider provider, int poolSize, string? purpose = null) => new(
        provider.GetRequiredService<NodeOptions>().DatabaseUrl, poolSize, provider.GetRequiredService<ILogger<ReadModelDatabase>>(), purpose);

    private static ReadModelDatabase DatabaseOfTheNode(IServiceProvider provider) => provider.GetRequiredKeyedService<ReadModelDatabase>(ReadModelDatabase.OfTheNode);

    private static void Configure(AkkaConfigurationBuilder akka, IServiceProvider provider, NodeOptions options, IReadOnlyList<Capability> capabilities)
    {
        var database = DatabaseOfTheNode(provider);
        akka.AddSetup(new MessageCatalogueSetup(provider.GetRequiredService<MessageCatalogue>()))
            .AddSetup(new DataOptionsSetup(database.PersistenceOptions))
            .AddSetup(new JournalConnectionSetup(database.Address.ConnectionString))
            .AddHocon(NodeHocon.Of(options, database.Kind), HoconAddMode.Prepend)
            .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append)
            // Other nodes may write before this one has started the extension: without its serializers their first messages would be lost.
            .AddHocon(ClusterSharding.DefaultConfig(), HoconAddMode.Append)
            .AddHocon(DistributedData.DefaultConfig(), HoconAddMode.Append)
            .AddHocon(ClusterSingleton.DefaultConfig(), HoconAddMode.Append)
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .WithActors((system, _) => Start(system, provider, options, capabilities));
    }

    private static void Start(ActorSystem system, IServiceProvider provider, NodeOptions options, IReadOnlyList<Capability> capabilities)
    {
        system.ActorOf(Props.Create(() => new ReturnedMessages()), "returned-messages");
        var regions = provider.GetRequiredService<ShardRegions>();
        var runtime = new EntityRuntime(regions, provider.GetRequiredService<TimeProvider>(), announcement => Announce(regions, announcement));
        var hosts = options.Roles.Contains(Names.Roles.Entities);
        foreach (var region in capabilities.SelectMany(capability => capability.Regions))
        {
            regions.Add(region.Name, RegionStarter.Start(system, region, runtime, hosts));
        }

        if (hosts)
        {
            StartReadSide(system, provider, capabilities, regions);
        }

        var cluster = Cluster.Get(system);
        if (options.Seeds.Count == 0)
        {
            cluster.Join(cluster.SelfAddress);
        }
    }

    private static void StartReadSide(ActorSystem system, IServiceProvider provider, IReadOnlyList<Capability> capabilities, ShardRegions regions)
    {
        var database = DatabaseOfTheNode(provider);
        ReadSide.Start(
            system,
            provider.GetRequiredKeyedService<ReadModelDatabase>(ReadModelDatabase.OfTheReadSide),
            capabilities,
            regions,
            provider.GetRequiredService<ReadSideMetrics>(),
            provider.GetRequiredService<ILoggerFactory>());
        var clock = provider.GetRequiredService<TimeProvider>();
        system.StartOne(BattleClock.Props(database, regions, clock), Names.Roles.Entities, "battle-clock");
        system.StartOne(LeaderboardClock.Props(new LeaderboardRoll(database), clock), Names.Roles.Entities, "leaderboard-clock");
        system.StartOne(InboxSweeper.Props(database, clock), Names.Roles.Entities, "inbox-sweeper");
    }

    private static void Announce(ShardRegions regions, Announcement announcement) =>
        regions.Tell(new EntityAddress(Names.Regions.Channel, announcement.Channel), new Publish(announcement));
}
