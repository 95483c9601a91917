using Akka.Actor;
using WildNOut.Actors.Engine.Channels;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Realtime.Tests;

/// <summary>What the shard region does, on one node: a child a channel.</summary>
internal sealed class ChannelRouter : ReceiveActor
{
    private (IActorRef Child, IActorRef Asker) _moving = (ActorRefs.Nobody, ActorRefs.Nobody);

    public ChannelRouter(TimeProvider clock)
    {
        Receive<Envelope>(envelope => Child(envelope.EntityId, clock).Forward(envelope));
        Receive<Move>(move => Move(move.Channel));
        Receive<Terminated>(ended => ended.ActorRef.Equals(_moving.Child), _ => _moving.Asker.Tell(true));
    }

    private static string NameOf(string channel) => Uri.EscapeDataString(channel);

    private static IActorRef Child(string channel, TimeProvider clock) =>
        Context.Child(NameOf(channel)) is { } child && !child.IsNobody()
            ? child
            : Context.ActorOf(ChannelActor.Props(channel, clock), NameOf(channel));

    /// <summary>Ends the incarnation; the next message starts another.</summary>
    private void Move(string channel)
    {
        var child = Context.Child(NameOf(channel));
        _moving = (child, Sender);
        Context.Watch(child);
        Context.Stop(child);
    }
}

/// <summary>Asks for a new incarnation of a channel.</summary>
internal sealed record Move(string Channel) : INoSerializationVerificationNeeded;
