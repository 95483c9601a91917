using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>Rebuilds a projection from the journal.</summary>
public static class ProjectionRebuild
{
    /// <summary>
    /// Asks the running cluster to empty a projection's tables and fill them again from position zero; the worker takes the wish up within a
    /// second, or when it next starts. Lists are incomplete until it has caught up. False when the database knows no such projection.
    /// </summary>
    public static async Task<bool> RequestAsync(ReadModelDatabase database, string name, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        return await Offsets.RequestResetAsync(connection, name, cancellation);
    }
}
