using System.Collections.Immutable;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Persistence.Sql.Journal;

namespace WildNOut.Actors.Engine.Journal;

/// <summary>Hands the way to the database to the <see cref="GroupCommitJournal"/> of an actor system.</summary>
public sealed class JournalConnectionSetup(string connectionString) : Setup
{
    /// <summary>For Npgsql. Holds the password: never log it.</summary>
    public string ConnectionString { get; } = connectionString;
}

/// <summary>
/// The journal on PostgreSQL: Akka.Persistence.Sql in everything but how it writes, which is through a <see cref="JournalRowWriter"/>. Its readers go by persistence
/// id, so events with tags are rejected.
/// </summary>
public sealed class GroupCommitJournal : SqlWriteJournal
{
    private readonly Akka.Serialization.Serialization _serialization;
    private readonly JournalRowWriter _writer;

    /// <summary>Made by the actor system, which must carry a <see cref="JournalConnectionSetup"/>.</summary>
    public GroupCommitJournal(Config config)
        : base(config)
    {
        _serialization = Context.System.Serialization;
        _writer = new JournalRowWriter(
            Context.System.Settings.Setup.Get<JournalConnectionSetup>().Value?.ConnectionString
                ?? throw new InvalidOperationException("The actor system is not told where its journal is."),
            writerId: Guid.NewGuid().ToString("N"));
    }

    /// <inheritdoc />
    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        // Who was stopped in the middle of a write must not come back before it has ended.
        await _writer.WhenSettled(persistenceId).WaitAsync(cancellationToken);
        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken);
    }

    /// <inheritdoc />
    /// <remarks>A write that nobody waits for any more goes on: rows of others are in the same statement.</remarks>
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        List<JournalRowToWrite> rows = [];
        List<Exception?> rejections = [];
        var rejected = false;
        foreach (var write in messages)
        {
            var fault = Add(rows, write);
            rejections.Add(fault);
            rejected |= fault is not null;
        }

        var written = rows.Count == 0 ? Task.CompletedTask : _writer.WriteAsync(rows);
        return OutcomeAsync(written, rejected ? [.. rejections.Select(fault => fault!)] : null!);
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _writer.Close();
        base.PostStop();
    }

    /// <summary>The contract of journals: null where nothing is rejected, and in a list null for what is not.</summary>
    private static async Task<IImmutableList<Exception>> OutcomeAsync(Task written, IImmutableList<Exception> rejections)
    {
        await written.ConfigureAwait(false);
        return rejections;
    }

    /// <summary>Adds the rows of an atomic write, all or none.</summary>
    /// <returns>Why it is rejected; null when it is not.</returns>
    private Exception? Add(List<JournalRowToWrite> rows, AtomicWrite write)
    {
        var before = rows.Count;
        try
        {
            foreach (var message in (IImmutableList<IPersistentRepresentation>)write.Payload)
            {
                rows.Add(Row(message));
            }

            return null;
        }
        catch (Exception fault)
        {
            rows.RemoveRange(before, rows.Count - before);
            return fault;
        }
    }

    private JournalRowToWrite Row(IPersistentRepresentation message)
    {
        if (message.Payload is Tagged)
        {
            throw new NotSupportedException("Nobody reads this journal by tags.");
        }

        var serializer = _serialization.FindSerializerFor(message.Payload);
        return new JournalRowToWrite(
            message.PersistenceId,
            message.SequenceNr,
            message.Timestamp == 0 ? DateTime.UtcNow.Ticks : message.Timestamp,
            Akka.Serialization.Serialization.WithTransport(_serialization.System, (serializer, message.Payload), state => state.serializer.ToBinary(state.Payload)),
            Akka.Serialization.Serialization.ManifestFor(serializer, message.Payload),
            serializer.Identifier);
    }
}
