using Akka.Actor;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Journal;

namespace WildNOut.Actors.Engine;

/// <summary>The events of one journal row, and everything that may leave the entity only once they are durable.</summary>
internal sealed class PendingWrite
{
    public List<RecordedEvent> Events { get; private set; } = [];

    public List<(IActorRef To, IReply Reply)> Replies { get; } = [];

    public List<Announcement> Announcements { get; } = [];

    public List<(EntityAddress To, ISignal Signal)> Signals { get; } = [];

    /// <summary>Gives the events away: from now on they belong to the journal.</summary>
    public EventBatch TakeBatch()
    {
        var batch = new EventBatch(Events);
        Events = [];
        return batch;
    }

    public void Clear()
    {
        Replies.Clear();
        Announcements.Clear();
        Signals.Clear();
    }
}
