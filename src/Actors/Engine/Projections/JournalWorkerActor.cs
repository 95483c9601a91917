using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>Keeps a <see cref="JournalWorker"/> running as long as it lives.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor lets go of what it owns when it stops.")]
internal sealed class JournalWorkerActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Func<JournalWorker> _worker;

    public JournalWorkerActor(Func<JournalWorker> worker)
    {
        _worker = worker;
        Receive<Run>(_ => Start());
        Receive<Status.Failure>(failure =>
        {
            Context.GetLogger().Error(failure.Cause, "The worker of the read side failed; it starts again.");
            Timers.StartSingleTimer(Run.Instance, Run.Instance, Pause);
        });
        Receive<Ended>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Start();

    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Start() => _worker().RunAsync(_stop.Token).PipeTo(Self, success: () => Ended.Instance);

    private sealed class Run : INoSerializationVerificationNeeded
    {
        public static readonly Run Instance = new();
    }

    private sealed class Ended : INoSerializationVerificationNeeded
    {
        public static readonly Ended Instance = new();
    }
}
