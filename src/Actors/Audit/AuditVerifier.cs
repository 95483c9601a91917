namespace WildNOut.Actors.Audit;

/// <summary>What a verification came to.</summary>
/// <param name="Entries">How many entries the journal has.</param>
/// <param name="Pending">How many of them the table does not have yet, because it follows the journal.</param>
/// <param name="Head">The newest entry: kept elsewhere, it shows later whether anything up to it was changed.</param>
/// <param name="Findings">What is wrong; none when all is as it was recorded.</param>
public sealed record AuditVerdict(long Entries, long Pending, AuditReceipt Head, IReadOnlyList<AuditFinding> Findings);

/// <summary>Holds the journal against itself, against the table, and against what others know of it.</summary>
public static class AuditVerifier
{
    /// <summary>Runs through both once, side by side.</summary>
    /// <param name="journal">The rows of the journal, in order.</param>
    /// <param name="table">The rows of the table, in order of their numbers.</param>
    /// <param name="projected">Positions of the journal up to this one are in the table.</param>
    /// <param name="last">The highest number in the table before the journal was read; later ones are not judged.</param>
    /// <param name="anchors">Entries as they are known elsewhere, and who knows them.</param>
    public static async Task<AuditVerdict> RunAsync(
        IAsyncEnumerable<AuditJournalRow> journal,
        IAsyncEnumerable<AuditRow> table,
        long projected,
        long last,
        IReadOnlyList<(AuditReceipt Entry, string Source)> anchors)
    {
        var chain = new AuditChain();
        var known = new Dictionary<long, string> { [0] = AuditHash.Genesis };
        var (entries, pending) = (0L, 0L);
        await using var rows = table.GetAsyncEnumerator();
        var more = await rows.MoveNextAsync();
        await foreach (var row in journal)
        {
            foreach (var entry in chain.Take(row))
            {
                entries++;
                if (anchors.Any(anchor => anchor.Entry.Number == entry.Number))
                {
                    known[entry.Number] = entry.Hash;
                }

                for (; more && rows.Current.Number < entry.Number; more = await rows.MoveNextAsync())
                {
                    chain.Stray(rows.Current);
                }

                if (more && rows.Current.Number == entry.Number)
                {
                    chain.Compare(entry, rows.Current);
                    more = await rows.MoveNextAsync();
                }
                else if (row.Offset <= projected)
                {
                    chain.Compare(entry, null);
                }
                else
                {
                    pending++;
                }
            }
        }

        for (; more && rows.Current.Number <= last; more = await rows.MoveNextAsync())
        {
            chain.Stray(rows.Current);
        }

        foreach (var (entry, source) in anchors)
        {
            chain.Anchor(entry, known.GetValueOrDefault(entry.Number), source);
        }

        return new AuditVerdict(entries, pending, chain.Head, chain.Findings);
    }
}
