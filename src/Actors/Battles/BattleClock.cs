using Akka.Actor;
using Akka.Event;
using LinqToDB;
using LinqToDB.Async;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Battles;

/// <summary>
/// Wakes battles whose time has come. One in the cluster. Lateness or a loss changes no outcome: a battle judges every command by its own times;
/// this makes the moves happen when nobody asks.
/// </summary>
public sealed class BattleClock : ReceiveActor, IWithTimers
{
    /// <summary>The most battles that are woken at once.</summary>
    public const int UnderWay = 500;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    // Short: while shards move a message may be lost, waking again does no harm, and a transition is late meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(2);

    private readonly ReadModelDatabase _database;
    private readonly ShardRegions _regions;
    private readonly TimeProvider _clock;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<Guid> _underWay = [];
    private readonly Dictionary<Guid, DateTimeOffset> _answered = [];
    private bool _looking;

    /// <summary>See <see cref="Props"/>.</summary>
    public BattleClock(ReadModelDatabase database, ShardRegions regions, TimeProvider clock)
    {
        _database = database;
        _regions = regions;
        _clock = clock;
        Receive<Look>(_ => OnLook());
        Receive<Due>(OnDue);
        Receive<Woken>(OnWoken);
        Receive<Status.Failure>(OnFailure);
    }

    /// <summary>How the singleton is made.</summary>
    public static Props Props(ReadModelDatabase database, ShardRegions regions, TimeProvider clock) =>
        Akka.Actor.Props.Create(() => new BattleClock(database, regions, clock));

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer(Look.Instance, Look.Instance, TimeSpan.Zero, Tick);

    private void OnLook()
    {
        if (_looking || _underWay.Count >= UnderWay)
        {
            return;
        }

        _looking = true;
        FindAsync(_database, _clock.GetUtcNow()).PipeTo(Self);
    }

    private void OnDue(Due due)
    {
        _looking = false;
        var now = _clock.GetUtcNow();
        foreach (var forgotten in _answered.Where(pair => now - pair.Value > AgainAfter).Select(pair => pair.Key).ToList())
        {
            _answered.Remove(forgotten);
        }

        foreach (var battle in due.Battles.Where(battle => !_answered.ContainsKey(battle) && !_underWay.Contains(battle)).Take(UnderWay - _underWay.Count).ToList())
        {
            _underWay.Add(battle);
            var to = BallotBoxes.AddressOf(battle);
            _regions.AskAsync(to, new AdvanceBattle(), Patience)
                .PipeTo(Self, success: reply => new Woken(battle, reply, null), failure: fault => new Woken(battle, null, fault));
        }
    }

    private void OnWoken(Woken woken)
    {
        _underWay.Remove(woken.Battle);
        switch (woken.Reply)
        {
            case Done:
                // The read model follows within a fraction of a second; until then the battle still looks due.
                _answered[woken.Battle] = _clock.GetUtcNow();
                break;
            case Rejection no:
                _answered[woken.Battle] = _clock.GetUtcNow();
                _log.Warning("Battle {0} would not advance: {1}", woken.Battle, no.Code);
                break;
            default:
                _log.Debug("Battle {0} did not answer the clock: {1}", woken.Battle, woken.Fault?.Message ?? (woken.Reply as Unavailable)?.Reason);
                break;
        }
    }

    private void OnFailure(Status.Failure failure)
    {
        _looking = false;
        _log.Warning(failure.Cause, "The clock cannot see which battles are due; it looks again.");
    }

    /// <summary>The battles that are due, those that have waited longest first.</summary>
    private static async Task<Due> FindAsync(ReadModelDatabase database, DateTimeOffset now)
    {
        var instant = now.ToUnixTimeMilliseconds();
        await using var connection = database.Open();
        return new Due(await connection.GetTable<BattleRow>()
            .Where(row => row.NextDueAt != null && row.NextDueAt <= instant)
            .OrderBy(row => row.NextDueAt)
            .Select(row => row.Id)
            .Take(UnderWay * 4)
            .ToListAsync());
    }

    private sealed class Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }

    private sealed record Due(IReadOnlyList<Guid> Battles) : INoSerializationVerificationNeeded;

    private sealed record Woken(Guid Battle, IReply? Reply, Exception? Fault) : INoSerializationVerificationNeeded;
}
