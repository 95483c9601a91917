using LinqToDB;
using LinqToDB.Async;
using Microsoft.Extensions.Time.Testing;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Notifications;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class InboxProjectionSpec
{
    private static readonly string Ann = Inboxes.Of("ann").PersistenceId;
    private static readonly string Bob = Inboxes.Of("bob").PersistenceId;

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Notifications_read_as_their_events_say_and_a_rebuild_gives_the_same(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new InboxProjection());
        await bench.AppendAsync(Ann, Added("ann", 1), Added("ann", 2), Added("ann", 3));
        await bench.AppendAsync(Bob, Added("bob", 1), new AllNotificationsRead("bob", Sample.Noon.AddHours(1)), Added("bob", 2));
        await bench.AppendAsync(Ann, new NotificationsRead("ann", [Id("ann", 2)], Sample.Noon.AddHours(2)), new AllNotificationsRead("ann", Sample.Noon.AddHours(3)));
        await bench.AppendAsync(Ann, new NotificationsLetGo("ann", Sample.Noon.AddMinutes(1), Sample.Noon.AddHours(4)), new PreferencesSet("ann", [], Sample.Noon.AddHours(5)));
        // What has expired for its entity may happen again before its old row is swept.
        await bench.AppendAsync(Ann, Added("ann", 3, day: 91));
        await bench.CaughtUpAsync(InboxProjection.Key);

        var rows = await RowsAsync(bench);
        Assert.Equal(
            [
                (Id("ann", 2), "ann", Millis(2), Millis(120)),
                (Id("ann", 3), "ann", Millis(3 + 91 * 24 * 60), null),
                (Id("bob", 1), "bob", Millis(1), Millis(60)),
                (Id("bob", 2), "bob", Millis(2), (long?)null),
            ],
            rows.Select(row => (row.Id, row.UserId, row.CreatedAt, row.ReadAt)));
        Assert.True(await ProjectionRebuild.RequestAsync(bench.Database, InboxProjection.Key));
        await Eventually.Holds(async () => !(await Offsets.AllAsync(bench.Database, default))[InboxProjection.Key].ResetRequested);
        await bench.CaughtUpAsync(InboxProjection.Key);
        Assert.Equal(rows, await RowsAsync(bench));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_go_from_new_to_old_without_gaps_each_user_s_own_filtered_and_not_beyond_90_days(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new InboxProjection());
        await bench.AppendAsync(Ann, [.. Enumerable.Range(1, 1_203).Select(n => Added("ann", n))]);
        await bench.AppendAsync(Ann, new NotificationsRead("ann", [Id("ann", 1_200)], Sample.Noon.AddDays(2)));
        await bench.AppendAsync(Bob, Added("bob", 1));
        await bench.CaughtUpAsync(InboxProjection.Key);

        // 203 of them are 90 days old or older by then.
        var listings = new InboxListings(bench.Database, new FakeTimeProvider(Sample.Noon.AddMinutes(203) + InboxState.Retention));
        Assert.Equal(Enumerable.Range(204, 1_000).Reverse(), (await AllAsync(listings, null)).Select(item => item.Data.Rank!.Value));
        Assert.Equal(Enumerable.Range(204, 1_000).Reverse().Where(n => n != 1_200), (await AllAsync(listings, true)).Select(item => item.Data.Rank!.Value));
        var read = Assert.Single(await AllAsync(listings, false));
        Assert.Equal(
            new NotificationView(Id("ann", 1_200), NotificationKind.HolderTierChanged, "Title 1200", new NotificationData { Rank = 1_200 }, Sample.Noon.AddMinutes(1_200), Sample.Noon.AddDays(2)), read);
        Assert.Null(await listings.PageAsync("ann", null, "nonsense", 10));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_has_expired_is_swept_in_bounded_steps(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new InboxProjection());
        await bench.AppendAsync(Ann, [.. Enumerable.Range(1, InboxSweeper.Step + 10).Select(n => Added("ann", n))]);
        await bench.CaughtUpAsync(InboxProjection.Key);
        var now = Sample.Noon.AddMinutes(InboxSweeper.Step + 5) + InboxState.Retention;
        Assert.Equal(InboxSweeper.Step, await InboxSweeper.StepAsync(bench.Database, now));
        Assert.Equal(5, await InboxSweeper.StepAsync(bench.Database, now));
        Assert.Equal(0, await InboxSweeper.StepAsync(bench.Database, now));
        Assert.Equal(Enumerable.Range(InboxSweeper.Step + 6, 5).Select(n => Millis(n)), (await RowsAsync(bench)).Select(row => row.CreatedAt).Order());
    }

    private static async Task<List<NotificationView>> AllAsync(InboxListings listings, bool? unread)
    {
        List<NotificationView> all = [];
        string? cursor = null;
        do
        {
            var page = await listings.PageAsync("ann", unread, cursor, 97);
            all.AddRange(page!.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    private static NotificationAdded Added(string user, int n, int day = 0)
    {
        var at = Sample.Noon.AddMinutes(n).AddDays(day);
        return new NotificationAdded(user, Id(user, n), NotificationKind.HolderTierChanged, FormattableString.Invariant($"Title {n}"), new NotificationData { Rank = n }, at, at);
    }

    private static Guid Id(string user, int n) => InboxDecider.IdOf(user, FormattableString.Invariant($"{n}"));

    private static long Millis(int minutes) => Sample.Noon.AddMinutes(minutes).ToUnixTimeMilliseconds();

    private static async Task<IReadOnlyList<NotificationRow>> RowsAsync(ReadSideBench bench)
    {
        await using var connection = bench.Database.Open();
        return await connection.GetTable<NotificationRow>().OrderBy(row => row.UserId).ThenBy(row => row.CreatedAt).ToListAsync();
    }
}
