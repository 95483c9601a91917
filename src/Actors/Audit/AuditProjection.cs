using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Audit;

/// <summary>Keeps the audit log in the read model, where it can be searched. Rows are added only.</summary>
public sealed class AuditProjection : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "audit";

    /// <inheritdoc />
    public override string Name => Key;

    /// <inheritdoc />
    public override Task ResetAsync(DataConnection database, CancellationToken cancellation) => database.ExecuteAsync("delete from audit_log", cancellation);

    /// <inheritdoc />
    public override Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation) =>
        database.InsertAllAsync([.. events.Select(happened => happened.Event).OfType<ActionRecorded>().Select(AuditRow.Of)], cancellation);
}
