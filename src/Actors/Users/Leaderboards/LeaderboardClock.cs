using Akka.Actor;
using Akka.Event;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>
/// Moves the windows on when an hour begins. One in the cluster; when it is late, or its node is lost, boards show the window of the hour before until the next one has
/// caught up.
/// </summary>
public sealed class LeaderboardClock : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly LeaderboardRoll _roll;
    private readonly TimeProvider _clock;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private long _hour;
    private bool _rolling;

    /// <summary>See <see cref="Props"/>.</summary>
    public LeaderboardClock(LeaderboardRoll roll, TimeProvider clock)
    {
        _roll = roll;
        _clock = clock;
        Receive<Look>(_ => OnLook());
        Receive<Rolled>(OnRolled);
        Receive<Status.Failure>(OnFailure);
    }

    /// <summary>How the singleton is made.</summary>
    public static Props Props(LeaderboardRoll roll, TimeProvider clock) => Akka.Actor.Props.Create(() => new LeaderboardClock(roll, clock));

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer(Look.Instance, Look.Instance, TimeSpan.Zero, Tick);

    private void OnLook()
    {
        var now = _clock.GetUtcNow();
        if (!_rolling && Boards.HourOf(now) != _hour)
        {
            _rolling = true;
            _roll.StepAsync(now).PipeTo(Self, success: more => new Rolled(Boards.HourOf(now), more));
        }
    }

    private void OnRolled(Rolled rolled)
    {
        _rolling = false;
        if (rolled.More)
        {
            OnLook();
        }
        else
        {
            _hour = rolled.Hour;
        }
    }

    private void OnFailure(Status.Failure failure)
    {
        _rolling = false;
        _log.Warning(failure.Cause, "The windows of the boards cannot move on; the clock tries again.");
    }

    private sealed class Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }

    private sealed record Rolled(long Hour, bool More) : INoSerializationVerificationNeeded;
}
