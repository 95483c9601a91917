using Akka.Actor;
using WildNOut.Actors.Engine.Journal;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>Turns journal rows into events with the serializers of an actor system.</summary>
public sealed class JournalDecoder(ActorSystem system)
{
    private readonly Akka.Serialization.Serialization _serialization = system.Serialization;

    /// <summary>Decodes the first <paramref name="count"/> rows into a list. A row that cannot be decoded is set aside and stops nothing.</summary>
    internal JournalStretch Decode(List<JournalRow> rows, int count, long after, bool full, List<JournalEvent> events)
    {
        List<UnreadableRow>? unreadable = null;
        for (var i = 0; i < count; i++)
        {
            try
            {
                Flatten(rows[i], events);
            }
            catch (Exception fault)
            {
                (unreadable ??= []).Add(new UnreadableRow(rows[i], fault));
            }
        }

        return new JournalStretch(
            count == 0 ? after : rows[count - 1].Offset,
            events,
            unreadable ?? (IReadOnlyList<UnreadableRow>)[],
            count == 0 ? null : rows[count - 1].Created,
            full);
    }

    private void Flatten(JournalRow row, List<JournalEvent> events)
    {
        if (row.Message is null)
        {
            return;
        }

        switch (_serialization.Deserialize(row.Message, row.SerializerId, row.Manifest))
        {
            case EventBatch batch:
                for (var i = 0; i < batch.Events.Count; i++)
                {
                    events.Add(new JournalEvent(row.Offset, row.PersistenceId, row.SequenceNr, i, batch.Events[i].Event));
                }

                break;
            case IEvent single:
                events.Add(new JournalEvent(row.Offset, row.PersistenceId, row.SequenceNr, 0, single));
                break;
        }
    }
}
