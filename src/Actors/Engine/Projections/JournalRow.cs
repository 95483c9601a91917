namespace WildNOut.Actors.Engine.Projections;

/// <summary>A row of the journal, as it lies there.</summary>
/// <param name="Offset">Its position in the whole journal; rises, with gaps.</param>
/// <param name="PersistenceId">The entity that wrote it.</param>
/// <param name="SequenceNr">Its number within the entity.</param>
/// <param name="Created">When it was written, in unix milliseconds.</param>
/// <param name="SerializerId">Who can read the message.</param>
/// <param name="Manifest">What the message is.</param>
/// <param name="Message">The bytes; null where the reader asked for other regions only.</param>
public sealed record JournalRow(long Offset, string PersistenceId, long SequenceNr, long Created, int SerializerId, string Manifest, byte[]? Message);

/// <summary>A stretch of the journal, decoded once for all who read it; lent by a <see cref="JournalTail"/>.</summary>
/// <param name="UpTo">The last position it covers.</param>
/// <param name="Events">The events, in journal order.</param>
/// <param name="Unreadable">Rows that nobody can decode.</param>
/// <param name="Newest">When its last row was written, in unix milliseconds; null when it has no row.</param>
/// <param name="Full">Whether more was there than fitted.</param>
public sealed record JournalStretch(
    long UpTo, IReadOnlyList<JournalEvent> Events, IReadOnlyList<UnreadableRow> Unreadable, long? Newest, bool Full);

/// <summary>A row that could not be decoded.</summary>
public sealed record UnreadableRow(JournalRow Row, Exception Error);
