using Akka.Actor;
using Akka.Event;

namespace WildNOut.Actors.Engine.Clustering;

/// <summary>
/// Tells those who wait for an entity when their message did not get there: while shards move, regions drop what they hold back, and what comes
/// in behind the end of a region or an entity becomes a dead letter. Nobody has looked at such a message, so whoever hears
/// <see cref="Unavailable.NothingDone"/> may send it again, whatever it is. Signals return to nobody.
/// </summary>
internal sealed class ReturnedMessages : UntypedActor
{
    private static readonly Unavailable Returned = new("The message did not reach the entity; nothing was done.", NothingDone: true);

    /// <inheritdoc />
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(AllDeadLetters));

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        // Unhandled ones are among them, but those were looked at.
        if (message is AllDeadLetters lost and not UnhandledMessage)
        {
            // What a region drops comes as a letter in a letter.
            var inner = lost.Message as AllDeadLetters ?? lost;
            if (inner is { Message: Envelope { Message: not ISignal or ICommand }, Sender: { } sender } && IsWaiting(sender))
            {
                EntityMetrics.Returned.Add(1);
                sender.Tell(Returned, ActorRefs.NoSender);
            }
        }
    }

    /// <summary>Whether this is somebody's ask, here or on another node: a region whose buffer is full gives itself as the sender.</summary>
    private static bool IsWaiting(IActorRef sender) => !sender.IsNobody() && sender.Path.Parent.Name == "temp";
}
