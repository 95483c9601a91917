using LinqToDB.Data;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>
/// Keeps some tables of the read model in step with the journal. The runner opens one transaction for a run of events, calls
/// <see cref="ApplyAsync"/> and moves the projection's offset in the same transaction, so every event counts exactly once.
/// </summary>
public abstract class Projection
{
    /// <summary>The key of the offset. Never change it.</summary>
    public abstract string Name { get; }

    /// <summary>Empties the projection's tables, before it is rebuilt from offset zero.</summary>
    public abstract Task ResetAsync(DataConnection database, CancellationToken cancellation);

    /// <summary>Writes what a run of events, in journal order, changes. Many rows go in one bulk write. The list is lent until the task ends.</summary>
    public abstract Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation);
}
