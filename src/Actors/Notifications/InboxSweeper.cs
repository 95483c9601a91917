using Akka.Actor;
using Akka.Event;
using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Notifications;

/// <summary>
/// Takes what has expired out of the read model, a bounded step at a time. One in the cluster. Lists leave such rows out anyway, so lateness or a loss
/// costs room only.
/// </summary>
public sealed class InboxSweeper : ReceiveActor, IWithTimers
{
    /// <summary>Rows of one step.</summary>
    public const int Step = 1_000;

    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(5);

    private readonly ReadModelDatabase _database;
    private readonly TimeProvider _clock;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <summary>See <see cref="Props"/>.</summary>
    public InboxSweeper(ReadModelDatabase database, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        Receive<Sweep>(_ => StepAsync(_database, _clock.GetUtcNow()).PipeTo(Self, success: gone => new Swept(gone)));
        Receive<Swept>(swept => SweepIn(swept.Rows < Step ? BetweenSweeps : BetweenSteps));
        Receive<Status.Failure>(failure =>
        {
            _log.Warning(failure.Cause, "Old notifications stay for now; they are swept later");
            SweepIn(BetweenSweeps);
        });
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How the singleton is made.</summary>
    public static Props Props(ReadModelDatabase database, TimeProvider clock) => Akka.Actor.Props.Create(() => new InboxSweeper(database, clock));

    /// <summary>Deletes at most <see cref="Step"/> of the oldest expired rows and says how many.</summary>
    public static async Task<int> StepAsync(ReadModelDatabase database, DateTimeOffset now)
    {
        await using var connection = database.Open();
        return await connection.ExecuteAsync(
            "delete from notifications where id in (select id from notifications where created_at <= @floor order by created_at limit @step)",
            new DataParameter("floor", (now - InboxState.Retention).ToUnixTimeMilliseconds()),
            new DataParameter("step", Step));
    }

    /// <inheritdoc />
    protected override void PreStart() => SweepIn(BetweenSteps);

    private void SweepIn(TimeSpan wait) => Timers.StartSingleTimer(Sweep.Instance, Sweep.Instance, wait);

    private sealed class Sweep : INoSerializationVerificationNeeded
    {
        public static readonly Sweep Instance = new();
    }

    private sealed record Swept(int Rows) : INoSerializationVerificationNeeded;
}
