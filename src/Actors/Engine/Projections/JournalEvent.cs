namespace WildNOut.Actors.Engine.Projections;

/// <summary>An event as read from the journal.</summary>
/// <param name="Offset">The position of its row in the whole journal; rises, with gaps.</param>
/// <param name="PersistenceId">The entity it happened to.</param>
/// <param name="SequenceNr">Its row within that entity.</param>
/// <param name="Index">Its place in the row, from 0.</param>
/// <param name="Event">What happened.</param>
public readonly record struct JournalEvent(long Offset, string PersistenceId, long SequenceNr, int Index, IEvent Event)
{
    /// <summary>The event's identity for ever; the id of a command that it causes starts with it.</summary>
    public string Id => $"{PersistenceId}|{SequenceNr}|{Index}";
}
