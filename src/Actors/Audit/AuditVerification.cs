using System.Data.Common;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Configuration;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Audit;

/// <summary>Verifies the audit log of a database, also while nodes are writing to it. Needs no running node, and changes nothing.</summary>
/// <param name="database">Where the journal and the table are.</param>
/// <param name="catalogue">Knows the messages of the journal.</param>
public sealed class AuditVerification(ReadModelDatabase database, MessageCatalogue catalogue)
{
    private const int AtOnce = 500;

    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka.loglevel = WARNING");

    /// <summary>Verifies all of it.</summary>
    /// <param name="anchors">Entries as they were known before, such as the heads of earlier verdicts.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<AuditVerdict> RunAsync(IReadOnlyList<AuditReceipt> anchors, CancellationToken cancellation = default)
    {
        var system = ActorSystem.Create("verify-audit", BootstrapSetup.Create().WithConfig(Quiet).And(new MessageCatalogueSetup(catalogue)));
        try
        {
            return await RunAsync(new JournalSerializer((ExtendedActorSystem)system), anchors, cancellation);
        }
        finally
        {
            await system.Terminate();
        }
    }

    private async Task<AuditVerdict> RunAsync(JournalSerializer serializer, IReadOnlyList<AuditReceipt> anchors, CancellationToken cancellation)
    {
        await using var connection = database.Open();

        // In this order: what the table has by now, the journal had before; what is projected by now, the table has when it is read.
        var last = await connection.GetTable<AuditRow>().MaxAsync(row => (long?)row.Number, cancellation) ?? 0;
        var projected = (await Offsets.AllAsync(database, cancellation)).TryGetValue(AuditProjection.Key, out var offset) && !offset.ResetRequested ? offset.Position : 0;
        List<(AuditReceipt, string)> known = [.. anchors.Select(anchor => (anchor, "whoever asks"))];
        if (await SnapshotAsync(connection, serializer, cancellation) is { } snapshot)
        {
            known.Add((snapshot, "the snapshot"));
        }

        return await AuditVerifier.RunAsync(JournalAsync(serializer, cancellation), TableAsync(cancellation), projected, last, known);
    }

    private async IAsyncEnumerable<AuditJournalRow> JournalAsync(JournalSerializer serializer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = database.Open();
        var after = long.MinValue;
        List<AuditJournalRow> some;
        do
        {
            some = await RowsAsync(connection, serializer, after, cancellation);
            foreach (var row in some)
            {
                yield return row;
                after = row.SequenceNr;
            }
        }
        while (some.Count == AtOnce);
    }

    private static async Task<List<AuditJournalRow>> RowsAsync(
        DataConnection connection, JournalSerializer serializer, long after, CancellationToken cancellation)
    {
        await using var reader = await connection.ExecuteReaderAsync(
            "select sequence_number, ordering, deleted, manifest, message from journal where persistence_id = @log and sequence_number > @after order by sequence_number limit @many",
            cancellation,
            new DataParameter("log", AuditLog.Address.PersistenceId),
            new DataParameter("after", after),
            new DataParameter("many", AtOnce));
        var source = reader.Reader!;
        List<AuditJournalRow> rows = [];
        while (await source.ReadAsync(cancellation))
        {
            rows.Add(new AuditJournalRow(source.GetInt64(0), source.GetInt64(1), source.GetBoolean(2) ? null : Events(serializer, source)));
        }

        return rows;
    }

    /// <summary>What a row holds; null when nobody can read it, which is a finding and no failure.</summary>
    private static IReadOnlyList<IEvent>? Events(JournalSerializer serializer, DbDataReader row)
    {
        try
        {
            return serializer.FromBinary(row.GetFieldValue<byte[]>(4), row.IsDBNull(3) ? "" : row.GetString(3)) is EventBatch batch
                ? [.. batch.Events.Select(recorded => recorded.Event)]
                : null;
        }
        catch (Exception fault) when (fault is not DbException)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<AuditRow> TableAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = database.Open();
        var after = long.MinValue;
        List<AuditRow> some;
        do
        {
            var place = after;
            some = await connection.GetTable<AuditRow>().Where(row => row.Number > place).OrderBy(row => row.Number).Take(AtOnce).ToListAsync(cancellation);
            foreach (var row in some)
            {
                yield return row;
                after = row.Number;
            }
        }
        while (some.Count == AtOnce);
    }

    /// <summary>The end of the chain as the newest snapshot knows it; null without one, or when it cannot be read: an entity then does without, too.</summary>
    private static async Task<AuditReceipt?> SnapshotAsync(DataConnection connection, JournalSerializer serializer, CancellationToken cancellation)
    {
        await using var reader = await connection.ExecuteReaderAsync(
            "select manifest, snapshot from snapshot where persistence_id = @log order by sequence_number desc limit 1",
            cancellation,
            new DataParameter("log", AuditLog.Address.PersistenceId));
        var source = reader.Reader!;
        try
        {
            return await source.ReadAsync(cancellation)
                && serializer.FromBinary(source.GetFieldValue<byte[]>(1), source.GetString(0)) is EntitySnapshot { State: AuditState state }
                    ? new AuditReceipt(state.Number, state.Hash)
                    : null;
        }
        catch (Exception fault) when (fault is not DbException)
        {
            return null;
        }
    }
}
