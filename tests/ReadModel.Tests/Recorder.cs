using System.Collections.Concurrent;
using Akka.Actor;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.ReadModel.Tests;

/// <summary>Stands in for a shard region: writes down what comes in and answers as told.</summary>
internal sealed class Recorder : ReceiveActor
{
    public Recorder(ConcurrentQueue<Envelope> heard, Func<Envelope, IReply?> answer) => Receive<Envelope>(envelope =>
    {
        heard.Enqueue(envelope);
        if (answer(envelope) is { } reply)
        {
            Sender.Tell(reply);
        }
    });

    public static IReply Fine => new Done(Acknowledged.Instance, 1);
}
