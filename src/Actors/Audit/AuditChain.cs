using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Audit;

/// <summary>A row of the journal that belongs to the audit log.</summary>
/// <param name="SequenceNr">Its number within the log, from 1 without gaps.</param>
/// <param name="Offset">Its position in the whole journal.</param>
/// <param name="Events">What it holds; null when it cannot be read or was marked as deleted.</param>
public sealed record AuditJournalRow(long SequenceNr, long Offset, IReadOnlyList<IEvent>? Events);

/// <summary>Something that is not as it was recorded.</summary>
/// <param name="Where"><c>journal</c>, <c>table</c> or <c>anchor</c>.</param>
/// <param name="What">Which entry or row, and what is wrong with it.</param>
public sealed record AuditFinding(string Where, string What);

/// <summary>
/// Walks the log from its first row on and says what was changed, removed or inserted. After a fault it goes on from what is there, so that the culprit is
/// named and not everything behind it.
/// </summary>
public sealed class AuditChain
{
    private static readonly (string Name, Func<AuditRow, object?> Value)[] Columns =
    [
        ("id", row => row.Id), ("recorded_at", row => row.RecordedAt), ("at", row => row.At), ("actor", row => row.Actor), ("role", row => row.Role),
        ("action", row => row.Action), ("target_type", row => row.TargetType), ("target_id", row => row.TargetId), ("address", row => row.Address),
        ("request_id", row => row.RequestId), ("result", row => row.Result), ("details", row => row.Details), ("previous_hash", row => row.PreviousHash), ("hash", row => row.Hash),
    ];

    private readonly List<AuditFinding> _findings = [];
    private long _row;

    /// <summary>The newest entry so far.</summary>
    public AuditReceipt Head { get; private set; } = new(0, AuditHash.Genesis);

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<AuditFinding> Findings => _findings;

    /// <summary>Takes the next row of the journal and gives the entries in it.</summary>
    public IReadOnlyList<ActionRecorded> Take(AuditJournalRow row)
    {
        if (row.SequenceNr > _row + 1)
        {
            Find("journal", $"{Span("row", _row + 1, row.SequenceNr - 1)} missing");
        }
        else if (row.SequenceNr < _row + 1)
        {
            Find("journal", $"row {row.SequenceNr} is there out of turn");
        }

        _row = Math.Max(_row, row.SequenceNr);
        if (row.Events is not { Count: > 0 } events)
        {
            Find("journal", $"row {row.SequenceNr} cannot be read");
            return [];
        }

        List<ActionRecorded> entries = [];
        foreach (var happened in events)
        {
            if (happened is ActionRecorded { Action: { Action: not null, Details: not null }, PreviousHash: not null, Hash: not null } entry)
            {
                Judge(entry, row.SequenceNr);
                entries.Add(entry);
            }
            else
            {
                Find("journal", $"row {row.SequenceNr} holds a {happened.GetType().Name}, which is no entry");
            }
        }

        return entries;
    }

    /// <summary>Compares an entry with its row in the table; null for none.</summary>
    public void Compare(ActionRecorded entry, AuditRow? row)
    {
        if (row is null)
        {
            Find("table", $"entry {entry.Number} is missing");
        }
        else if (row != AuditRow.Of(entry))
        {
            Find("table", $"entry {entry.Number} was changed ({string.Join(", ", Differences(AuditRow.Of(entry), row))})");
        }
    }

    /// <summary>Notes a row of the table that the journal knows nothing of.</summary>
    public void Stray(AuditRow row) => Find("table", $"entry {row.Number} was inserted: the journal does not know it");

    /// <summary>Checks that the log still goes through an entry as it was known before.</summary>
    /// <param name="anchor">The entry as it was known.</param>
    /// <param name="hash">What the log has there; null for nothing.</param>
    /// <param name="source">Who knows it.</param>
    public void Anchor(AuditReceipt anchor, string? hash, string source)
    {
        if (hash is null)
        {
            Find("anchor", $"{source} knows entry {anchor.Number}, and the log ends before it or has a gap there");
        }
        else if (hash != anchor.Hash)
        {
            Find("anchor", $"{source} knows entry {anchor.Number} with another hash: an entry up to it was changed");
        }
    }

    private void Judge(ActionRecorded entry, long row)
    {
        var expected = Head.Number + 1;
        if (entry.Number > expected)
        {
            Find("journal", $"{Span("entry", expected, entry.Number - 1)} missing before row {row}");
        }
        else if (entry.Number < expected)
        {
            Find("journal", $"entry {entry.Number} in row {row} is there out of turn: {expected} was due");
        }

        if (HashOf(entry) != entry.Hash)
        {
            Find("journal", $"entry {entry.Number} in row {row} was changed");
        }

        if (entry.Number == expected && entry.PreviousHash != Head.Hash)
        {
            Find("journal", $"entry {entry.Number} in row {row} does not follow on entry {Head.Number}: one of them was replaced");
        }

        if (entry.Number >= expected)
        {
            Head = new AuditReceipt(entry.Number, entry.Hash);
        }
    }

    private static string? HashOf(ActionRecorded entry)
    {
        try
        {
            return AuditHash.Of(entry);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Differences(AuditRow one, AuditRow other) =>
        Columns.Where(column => !Equals(column.Value(one), column.Value(other))).Select(column => column.Name);

    private static string Span(string what, long first, long last) => first == last
        ? FormattableString.Invariant($"{what} {first} is")
        : FormattableString.Invariant($"{what} {first} to {last} are");

    private void Find(string where, FormattableString what) => _findings.Add(new AuditFinding(where, FormattableString.Invariant(what)));
}
