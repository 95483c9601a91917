using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Chain;

/// <summary>A stream that somebody owns.</summary>
internal interface IOwnedStream
{
    /// <summary>Runs until cancelled, or until something breaks that no source can help.</summary>
    Task RunAsync(IMaterializer materializer, IScheduler scheduler, CancellationToken stop);
}

/// <summary>Runs streams.</summary>
internal static class OwnedStreams
{
    /// <summary>Runs one stream in the cluster, on a node with the role <see cref="Names.Roles.Chain"/>; call it on each of these.</summary>
    public static IActorRef Start(this ActorSystem system, IOwnedStream stream, string name) =>
        system.StartOne(Props.Create(() => new StreamOwner(stream)), Names.Roles.Chain, name);
}

/// <summary>Owns a running stream, one in the cluster, and starts it again some seconds after it broke.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor lets go of what it owns when it stops.")]
internal sealed class StreamOwner : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly IOwnedStream _stream;
    private readonly ActorMaterializer _materializer = Context.Materializer();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>An actor that runs the stream as long as it lives.</summary>
    public StreamOwner(IOwnedStream stream)
    {
        _stream = stream;
        Receive<Begin>(_ => Run());
        Receive<Ended>(ended =>
        {
            Context.GetLogger().Error(ended.Fault, "The stream {0} ended; it starts again in {1} s.", Self.Path.Parent.Name, Pause.TotalSeconds);
            Timers.StartSingleTimer(nameof(Begin), Begin.Instance, Pause);
        });
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    protected override void PreStart() => Run();

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Run() => _stream.RunAsync(_materializer, Context.System.Scheduler, _stop.Token)
        .PipeTo(Self, success: () => new Ended(null), failure: fault => new Ended(fault));

    private sealed record Begin : INoSerializationVerificationNeeded
    {
        public static readonly Begin Instance = new();
    }

    private sealed record Ended(Exception? Fault) : INoSerializationVerificationNeeded;
}
