using LinqToDB;
using LinqToDB.Data;
using WildNOut.Actors;
using WildNOut.Actors.Audit;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

/// <summary>The audit log in the read model, and how tampering with a database is found.</summary>
public sealed class AuditReadModelSpec
{
    private static readonly string Log = AuditLog.Address.PersistenceId;

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Entries_are_found_by_who_what_and_when_page_by_page_and_exported_whole_and_a_rebuild_gives_the_same(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new AuditProjection());
        await WriteAsync(bench, 1_100);
        var listings = new AuditListings(bench.Database);
        var all = await PagesAsync(listings, new AuditFilter());
        Assert.Equal(Enumerable.Range(1, 1_100).Reverse(), all.Select(entry => (int)entry.Number));
        Assert.Equal(View(1_100), Wire(all[0]));

        Assert.Equal(Numbers(n => n % 3 == 0), await FindAsync(new AuditFilter(Actor: "actor0")));
        Assert.Equal(Numbers(n => n % 2 == 0), await FindAsync(new AuditFilter(Action: "entry.reject")));
        Assert.Equal([42], await FindAsync(new AuditFilter(TargetType: "entry", TargetId: "42")));
        Assert.Equal([], await FindAsync(new AuditFilter(TargetType: "battle", TargetId: "42")));
        Assert.Equal(Numbers(n => n % 6 == 0 && n % 4 == (int)AuditResult.Refused), await FindAsync(new AuditFilter(Actor: "actor0", Action: "entry.reject", Result: AuditResult.Refused)));
        Assert.Equal(Numbers(n => n is >= 100 and < 200), await FindAsync(new AuditFilter(From: At(100), To: At(200))));
        Assert.Equal([], await FindAsync(new AuditFilter(From: At(1_101))));
        Assert.Equal(Numbers(_ => true), await FindAsync(new AuditFilter(To: At(9_999))));
        Assert.Null(await listings.PageAsync(new AuditFilter(), "nonsense", 10));

        List<long> exported = [];
        await foreach (var entry in listings.ExportAsync(new AuditFilter()))
        {
            exported.Add(entry.Number);
        }

        Assert.Equal(Enumerable.Range(1, 1_100), exported.Select(number => (int)number));
        Assert.True(await ProjectionRebuild.RequestAsync(bench.Database, AuditProjection.Key));
        await Eventually.Holds(async () => !(await Offsets.AllAsync(bench.Database, default))[AuditProjection.Key].ResetRequested);
        await bench.CaughtUpAsync(AuditProjection.Key);
        Assert.Equal(all.Select(Wire), (await PagesAsync(listings, new AuditFilter())).Select(Wire));

        async Task<IEnumerable<int>> FindAsync(AuditFilter filter) => (await PagesAsync(listings, filter)).Select(entry => (int)entry.Number);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tampering_with_journal_or_table_is_found_and_named(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using (bench.Run(new AuditProjection()))
        {
            await WriteAsync(bench, 700);
        }

        var verification = new AuditVerification(bench.Database, ActorsSetup.Catalogue(ActorsSetup.Capabilities(new NodeOptions { DatabaseUrl = "sqlite:none" })));
        var clean = await verification.RunAsync([]);
        Assert.Equal((700L, 0L, 700L), (clean.Entries, clean.Pending, clean.Head.Number));
        Assert.Empty(clean.Findings);
        Assert.Empty((await verification.RunAsync([clean.Head, new AuditReceipt(0, AuditHash.Genesis)])).Findings);
        Assert.Equal("anchor", Assert.Single((await verification.RunAsync([clean.Head with { Hash = AuditHash.Genesis }])).Findings).Where);

        await FindsAsync("update audit_log set actor = 'eve' where number = 601", "table: entry 601 was changed (actor)");
        await FindsAsync("delete from audit_log where number = 600", "table: entry 600 is missing");
        await FindsAsync("delete from audit_log where number = 700", "table: entry 700 is missing");
        await FindsAsync(
            "insert into audit_log (number, id, recorded_at, at, action, result, details, previous_hash, hash) values (701, '01930000-0000-7000-8000-ffffffffffff', 1, 1, 'a', 'succeeded', '{}', '', '')",
            "table: entry 701 was inserted: the journal does not know it");

        // Rows of seven entries each: row 50 holds the entries 344 to 350.
        await FindsAsync($"delete from journal where persistence_id = '{Log}' and sequence_number = 50", "journal: row 50 is missing", "journal: entry 344 to 350 are missing before row 51");
        await FindsAsync($"update journal set deleted = true where persistence_id = '{Log}' and sequence_number = 50", "journal: row 50 cannot be read");
        await FindsAsync($"update journal set sequence_number = 1000 where persistence_id = '{Log}' and sequence_number = 100", "journal: row 100 to 999 are missing");
        await RewriteAsync("actor1", "actorX", "journal: entry 346 in row 50 was changed", "table: entry 346 was changed (actor)");
        await RewriteAsync("\"events\"", "\"Events\"", "journal: row 50 cannot be read");
        await RewriteAsync("audit.action-recorded.v1", "audit.action-recorded.v9", "journal: row 50 cannot be read");

        async Task FindsAsync(string tampering, params string[] findings)
        {
            await using var connection = bench.Database.Open();
            await using var copy = await CopyAsync(bench, connection);
            Assert.NotEqual(0, await connection.ExecuteAsync(tampering));
            var verdict = await verification.RunAsync([]);
            Assert.All(findings, finding => Assert.Contains(finding, verdict.Findings.Select(found => $"{found.Where}: {found.What}")));
        }

        async Task RewriteAsync(string before, string after, params string[] findings)
        {
            await using var connection = bench.Database.Open();
            var message = System.Text.Encoding.UTF8.GetString(await connection.ExecuteAsync<byte[]>($"select message from journal where persistence_id = '{Log}' and sequence_number = 50"));
            Assert.Contains(before, message, StringComparison.Ordinal);
            await using var copy = await CopyAsync(bench, connection);
            await connection.ExecuteAsync(
                $"update journal set message = @message where persistence_id = '{Log}' and sequence_number = 50",
                new DataParameter("message", System.Text.Encoding.UTF8.GetBytes(message.Replace(before, after, StringComparison.Ordinal))));
            var verdict = await verification.RunAsync([]);
            Assert.All(findings, finding => Assert.Contains(finding, verdict.Findings.Select(found => $"{found.Where}: {found.What}")));
        }
    }

    /// <summary>Puts everything back when it is disposed.</summary>
    private static async Task<IAsyncDisposable> CopyAsync(ReadSideBench bench, DataConnection connection)
    {
        await connection.ExecuteAsync("create temporary table journal_before as select * from journal");
        await connection.ExecuteAsync("create temporary table audit_before as select * from audit_log");
        return new Restoration(async () =>
        {
            var columns = "ordering, created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid";
            var overriding = bench.Database.Kind == Actors.Engine.ReadModel.DatabaseKind.Postgres ? "overriding system value" : "";
            await connection.ExecuteAsync("delete from journal");
            await connection.ExecuteAsync($"insert into journal ({columns}) {overriding} select {columns} from journal_before");
            await connection.ExecuteAsync("delete from audit_log");
            await connection.ExecuteAsync("insert into audit_log select * from audit_before");
            await connection.ExecuteAsync("drop table journal_before");
            await connection.ExecuteAsync("drop table audit_before");
        });
    }

    private static async Task WriteAsync(ReadSideBench bench, int entries)
    {
        var state = AuditState.Empty;
        foreach (var some in Enumerable.Range(1, entries).Chunk(7))
        {
            List<IEvent> row = [];
            foreach (var n in some)
            {
                var entry = (ActionRecorded)AuditDecider.Decide(state, new RecordAction(Action(n)), At(n)).Events[0];
                state = AuditState.After(entry);
                row.Add(entry);
            }

            await bench.AppendAsync(Log, [.. row]);
        }

        await bench.CaughtUpAsync(AuditProjection.Key);
    }

    private static async Task<List<AuditEntryView>> PagesAsync(AuditListings listings, AuditFilter filter)
    {
        List<AuditEntryView> all = [];
        string? cursor = null;
        do
        {
            var page = await listings.PageAsync(filter, cursor, 97);
            all.AddRange(page!.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    private static AuditedAction Action(int n) => new(
        Guid.Parse($"01930000-0000-7000-8000-{n:x12}"),
        At(n),
        $"actor{n % 3}",
        Role.Admin,
        n % 2 == 0 ? "entry.reject" : "battle.move",
        "entry",
        $"{n}",
        "203.0.113.7",
        $"request-{n}",
        (AuditResult)(n % 4),
        new Dictionary<string, string> { ["n"] = $"{n}" });

    private static string View(int n)
    {
        var (state, entry) = (AuditState.Empty, default(ActionRecorded));
        for (var i = 1; i <= n; i++)
        {
            entry = (ActionRecorded)AuditDecider.Decide(state, new RecordAction(Action(i)), At(i)).Events[0];
            state = AuditState.After(entry);
        }

        return Wire(AuditRow.Of(entry!).View());
    }

    private static string Wire(AuditEntryView entry) => System.Text.Json.JsonSerializer.Serialize(entry, AuditJson.Default.AuditEntryView);

    private static DateTimeOffset At(int n) => Sample.Noon.AddSeconds(n);

    private static IEnumerable<int> Numbers(Func<int, bool> which) => Enumerable.Range(1, 1_100).Reverse().Where(which);

    private sealed class Restoration(Func<Task> undo) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await undo();
    }
}
