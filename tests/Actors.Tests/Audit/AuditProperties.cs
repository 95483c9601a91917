using CsCheck;
using WildNOut.Actors.Audit;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Audit;

/// <summary>Whatever is changed, removed or inserted, in the journal or in the table, is found; and nothing else is.</summary>
public sealed class AuditProperties
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<AuditedAction> Actions = Gen.Select(
        Gen.Guid, Gen.Int[0, 1_000], Gen.Int[0, 3], Of("ann", "bob", null), Of<Role?>(Role.Moderator, Role.Admin, null), Of("entry.reject", "battle.move"),
        Gen.Dictionary(Of("a", "b", "c"), Gen.String[Gen.Char['a', 'ü'], 0, 5])[0, 3])
        .Select((id, second, result, actor, role, action, details) => new AuditedAction(
            id, Start.AddSeconds(second), actor, role, action, actor, action, null, $"{second}", (AuditResult)result, details));

    /// <summary>A log: some rows of some entries each.</summary>
    private static readonly Gen<AuditedAction[][]> Logs = Actions.Array[1, 4].Array[1, 8];

    [Fact]
    public Task A_log_that_nobody_touched_is_as_it_was_recorded() => Logs.SampleAsync(async log =>
    {
        var (journal, table) = Record(log);
        var verdict = await VerifyAsync(journal, table);
        Assert.Empty(verdict.Findings);
        Assert.Equal((table.Count, 0L), (verdict.Entries, verdict.Pending));
        Assert.Equal(new AuditReceipt(table.Count, table[^1].Hash), verdict.Head);
    });

    [Fact]
    public Task Whatever_is_done_to_the_journal_is_found() => Gen.Select(Logs, Gen.Int[0, 20], Gen.Int[0, 1_000], Actions).SampleAsync(async (log, way, place, other) =>
    {
        var (journal, table) = Record(log);
        var changed = ChangeJournal(journal, way, place, other);
        Assert.NotEmpty((await VerifyAsync(changed, table)).Findings);
    });

    [Fact]
    public Task Whatever_is_done_to_the_table_is_found_and_names_the_entry() => Gen.Select(Logs, Gen.Int[0, 16], Gen.Int[0, 1_000]).SampleAsync(async (log, way, place) =>
    {
        var (journal, table) = Record(log);
        var (changed, number) = ChangeTable(table, way, place);
        var finding = Assert.Single((await VerifyAsync(journal, changed)).Findings);
        Assert.Equal("table", finding.Where);
        Assert.Contains(FormattableString.Invariant($"entry {number} "), finding.What, StringComparison.Ordinal);
    });

    [Fact]
    public Task A_log_that_was_written_anew_from_some_entry_on_with_table_and_all_is_found_by_whoever_knows_a_later_hash() =>
        Gen.Select(Logs, Gen.Int[0, 1_000], Gen.Int[0, 1_000], Actions).SampleAsync(async (log, place, later, other) =>
        {
            var (_, honest) = Record(log);
            var forged = log.Select(row => row.ToArray()).ToArray();
            forged[place % log.Length][0] = other with { RequestId = "forged" };
            var (journal, table) = Record(forged);
            var first = (int)table.First(row => row.RequestId == "forged").Number;
            var known = honest[first - 1 + later % (honest.Count - first + 1)];
            Assert.Empty((await VerifyAsync(journal, table)).Findings);
            Assert.Equal("anchor", Assert.Single((await VerifyAsync(journal, table, new AuditReceipt(known.Number, known.Hash))).Findings).Where);
        });

    [Fact]
    public async Task A_log_whose_end_was_cut_off_with_table_and_all_is_found_by_whoever_knows_the_end()
    {
        var (journal, table) = Record([.. Enumerable.Range(1, 9).Select(n => new[] { AuditSpec.Action(n) })]);
        var known = new AuditReceipt(9, table[^1].Hash);
        Assert.Empty((await VerifyAsync(journal, table, known)).Findings);
        Assert.Contains("ends before", Assert.Single((await VerifyAsync(journal[..^1], table[..^1], known)).Findings).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_culprit_alone_is_named()
    {
        var (journal, table) = Record([.. Enumerable.Range(1, 9).Select(n => new[] { AuditSpec.Action(n) })]);
        var entry = (ActionRecorded)journal[4].Events![0];
        await Says(["entry 5 in row 5 was changed", "entry 5 was changed (actor)"], [.. journal[..4], Row(4, entry with { Action = entry.Action with { Actor = "eve" } }), .. journal[5..]]);
        await Says(["row 5 to 6 are missing", "entry 5 to 6 are missing before row 7", "entry 5 was inserted: the journal does not know it", "entry 6 was inserted: the journal does not know it"], [.. journal[..4], .. journal[6..]]);
        await Says(["row 5 cannot be read", "entry 5 is missing before row 6", "entry 5 was inserted: the journal does not know it"], [.. journal[..4], journal[4] with { Events = null }, .. journal[5..]]);
        await Says(["entry 9 was inserted: the journal does not know it"], journal[..^1]);

        async Task Says(string[] findings, List<AuditJournalRow> changed) =>
            Assert.Equal(findings, (await VerifyAsync(changed, table)).Findings.Select(finding => finding.What));

        static AuditJournalRow Row(int index, ActionRecorded entry) => new(index + 1, 10 * index, [entry]);
    }

    [Fact]
    public async Task Entries_that_the_table_does_not_have_yet_are_not_missing()
    {
        var (journal, table) = Record([.. Enumerable.Range(1, 9).Select(n => new[] { AuditSpec.Action(n) })]);
        var verdict = await AuditVerifier.RunAsync(Async(journal), Async(table[..5]), projected: journal[4].Offset, last: 5, []);
        Assert.Equal((9L, 4L), (verdict.Entries, verdict.Pending));
        Assert.Empty(verdict.Findings);
    }

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(n => values[n]);

    private static (List<AuditJournalRow> Journal, List<AuditRow> Table) Record(AuditedAction[][] log)
    {
        var state = AuditState.Empty;
        List<AuditJournalRow> journal = [];
        List<AuditRow> table = [];
        foreach (var actions in log)
        {
            List<IEvent> row = [];
            foreach (var action in actions)
            {
                var entry = (ActionRecorded)AuditDecider.Decide(state, new RecordAction(action), Start).Events[0];
                state = AuditState.After(entry);
                row.Add(entry);
                table.Add(AuditRow.Of(entry));
            }

            journal.Add(new AuditJournalRow(journal.Count + 1, 10 * journal.Count, row));
        }

        return (journal, table);
    }

    private static List<AuditJournalRow> ChangeJournal(List<AuditJournalRow> journal, int way, int place, AuditedAction other)
    {
        var at = place % journal.Count;
        var row = journal[at];
        var which = place % row.Events!.Count;
        var entry = (ActionRecorded)row.Events[which];
        var action = entry.Action;
        List<AuditJournalRow> With(AuditedAction changed) => Replaced(entry with { Action = changed });
        List<AuditJournalRow> Replaced(params IEvent[] events) => Rows(new AuditJournalRow(row.SequenceNr, row.Offset, [.. row.Events.Take(which), .. events, .. row.Events.Skip(which + 1)]));
        List<AuditJournalRow> Rows(params AuditJournalRow[] rows) => [.. journal.Take(at), .. rows, .. journal.Skip(at + 1)];
        return way switch
        {
            0 => With(action with { Id = Guid.Parse("01930000-0000-7000-8000-000000000001") }),
            1 => With(action with { At = action.At.AddMilliseconds(1) }),
            2 => With(action with { Actor = action.Actor + "x" }),
            3 => With(action with { Role = Role.User }),
            4 => With(action with { Action = action.Action + "x" }),
            5 => With(action with { TargetType = action.TargetType is null ? "" : null }),
            6 => With(action with { TargetId = "x" }),
            7 => With(action with { Address = "198.51.100.1" }),
            8 => With(action with { RequestId = null }),
            9 => With(action with { Result = (AuditResult)(((int)action.Result + 1) % 4) }),
            10 => With(action with { Details = new Dictionary<string, string>(action.Details) { ["d"] = "" } }),
            11 => Replaced(entry with { RecordedAt = entry.RecordedAt.AddMilliseconds(1) }),
            12 => Replaced(entry with { Number = entry.Number + 1 + place % 3 }),
            13 => Replaced(entry with { PreviousHash = AuditHash.Of(AuditHash.Genesis, 7, Start, other) }),
            14 => Replaced(entry with { Hash = entry.PreviousHash }),
            15 => Replaced(),
            16 => Replaced(entry, entry),
            17 => Rows(),
            18 => Rows(row with { Events = null }),
            19 => Replaced(Forged(entry, other with { RequestId = "forged" })),
            _ => Replaced(Forged(entry, other with { RequestId = "forged" }), entry),
        };
    }

    /// <summary>An entry of the same number, made by the rules.</summary>
    private static ActionRecorded Forged(ActionRecorded entry, AuditedAction action) =>
        entry with { Action = action, Hash = AuditHash.Of(entry.PreviousHash, entry.Number, entry.RecordedAt, action) };

    private static (List<AuditRow> Table, long Number) ChangeTable(List<AuditRow> table, int way, int place)
    {
        var at = place % table.Count;
        var row = table[at];
        List<AuditRow> With(params AuditRow[] rows) => [.. table.Take(at), .. rows, .. table.Skip(at + 1)];
        return way switch
        {
            0 => (With(row with { Id = Guid.Parse("01930000-0000-7000-8000-000000000001") }), row.Number),
            1 => (With(row with { RecordedAt = row.RecordedAt + 1 }), row.Number),
            2 => (With(row with { At = row.At - 1 }), row.Number),
            3 => (With(row with { Actor = row.Actor + "x" }), row.Number),
            4 => (With(row with { Role = "user" }), row.Number),
            5 => (With(row with { Action = "x" }), row.Number),
            6 => (With(row with { TargetType = row.TargetType is null ? "" : null }), row.Number),
            7 => (With(row with { TargetId = null }), row.Number),
            8 => (With(row with { Address = "" }), row.Number),
            9 => (With(row with { RequestId = "x" }), row.Number),
            10 => (With(row with { Result = "x" }), row.Number),
            11 => (With(row with { Details = "[]" }), row.Number),
            12 => (With(row with { PreviousHash = row.Hash }), row.Number),
            13 => (With(row with { Hash = row.PreviousHash }), row.Number),
            14 => (With(), row.Number),
            15 => ([row with { Number = 0 }, .. table], 0),
            _ => ([.. table, row with { Number = table.Count + 1 }], table.Count + 1),
        };
    }

    private static Task<AuditVerdict> VerifyAsync(List<AuditJournalRow> journal, List<AuditRow> table, params AuditReceipt[] anchors) => AuditVerifier.RunAsync(
        Async(journal), Async(table), long.MaxValue, table.Count == 0 ? 0 : table[^1].Number, [.. anchors.Select(anchor => (anchor, "the test"))]);

    private static async IAsyncEnumerable<T> Async<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }
}
