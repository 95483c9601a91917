using Akka.Actor;
using Akka.Event;

namespace WildNOut.Web.Operations.Demo;

/// <summary>Walks the <see cref="DemoScript"/>, one step at a time, two a second.</summary>
internal sealed class DemoCrowd : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly DemoScript _script;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private long _step;
    private bool _walking;

    /// <summary>A crowd with its script.</summary>
    public DemoCrowd(DemoScript script) => _script = script;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer("step", Step.Instance, Pace);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Step when !_walking:
                _walking = true;
                _script.StepAsync(_step++, CancellationToken.None).PipeTo(Self, success: () => Walked.Instance);
                break;
            case Walked:
                _walking = false;
                break;
            case Status.Failure failure:
                _walking = false;
                _log.Debug("A demo step failed: {0}", failure.Cause.Message);
                break;
        }
    }

    private sealed record Step
    {
        public static readonly Step Instance = new();
    }

    private sealed record Walked
    {
        public static readonly Walked Instance = new();
    }
}
