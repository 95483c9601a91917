using LinqToDB.Data;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>An event, or a whole row, that a reader could not digest.</summary>
/// <param name="PersistenceId">The entity.</param>
/// <param name="SequenceNr">The row.</param>
/// <param name="Index">The event in the row; −1 for a row that cannot be decoded.</param>
/// <param name="Manifest">What it is.</param>
/// <param name="Error">Why.</param>
public sealed record ParkedEvent(string PersistenceId, long SequenceNr, int Index, string Manifest, Exception Error);

/// <summary>The table of what was set aside so that the rest could go on.</summary>
public static class ParkedEvents
{
    /// <summary>Sets events aside within the caller's transaction.</summary>
    public static async Task ParkAsync(DataConnection database, string name, IReadOnlyList<ParkedEvent> events, CancellationToken cancellation)
    {
        foreach (var parked in events)
        {
            var error = parked.Error.ToString();
            await database.ExecuteAsync(
                """
                insert into parked_events (name, persistence_id, sequence_nr, event_index, manifest, error, parked_at)
                values (@name, @pid, @row, @place, @manifest, @error, @at)
                on conflict (name, persistence_id, sequence_nr, event_index) do nothing
                """,
                cancellation,
                new DataParameter("name", name),
                new DataParameter("pid", parked.PersistenceId),
                new DataParameter("row", parked.SequenceNr),
                new DataParameter("place", parked.Index),
                new DataParameter("manifest", parked.Manifest),
                new DataParameter("error", error.Length > 4_000 ? error[..4_000] : error),
                new DataParameter("at", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        }
    }

    /// <summary>Forgets what a projection set aside, before it is rebuilt, within the caller's transaction.</summary>
    public static Task ForgetAsync(DataConnection database, string name, CancellationToken cancellation) => database.ExecuteAsync(
        "delete from parked_events where name = @name", cancellation, new DataParameter("name", name));
}
