using Akka.Actor;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Journal;

namespace WildNOut.Actors.Engine;

/// <summary>The events of one journal row, and everything that may leave the entity only once they are durable.</summary>
internal sealed class PendingWrite
{
    public List<RecordedEvent> Events { get; } = [];

    public List<(IActorRef To, IReply Reply)> Replies { get; } = [];

    public List<Announcement> Announcements { get; } = [];

    public List<(EntityAddress To, ISignal Signal)> Signals { get; } = [];

    public void Clear()
    {
        Events.Clear();
        Replies.Clear();
        Announcements.Clear();
        Signals.Clear();
    }
}
