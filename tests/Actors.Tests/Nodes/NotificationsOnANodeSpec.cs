using System.Diagnostics;
using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Notifications;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Actors.Tests.Nodes;

/// <summary>From a battle to the inboxes of those who entered, on whole nodes.</summary>
public sealed class NotificationsOnANodeSpec
{
    private const int Entrants = 25;

    private static readonly Caller Moderator = new("mod", Role.Moderator);

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_entrant_hears_once_of_the_results_also_when_the_node_falls_and_everything_is_delivered_again(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        var battle = Guid.CreateVersion7();
        await using (var node = await TestNode.Start(database.Url))
        {
            await PlayAsync(node, battle);
            // The node goes in the middle of telling, or before it, or after it.
        }

        await using (var node = await TestNode.Start(database.Url))
        {
            await AllHaveHeardAsync(node, battle);
            await RewindAsync(node);
        }

        await using (var node = await TestNode.Start(database.Url))
        {
            await CaughtUpAsync(node);
            await AllHaveHeardAsync(node, battle);
            var first = await node.Services.GetRequiredService<InboxListings>().PageAsync("user0", null, null, 10);
            Assert.Equal(["Your battle has its results: you are number 1 of 25.", "A moderator approved your entry."], first!.Items.Select(item => item.Title));
            Assert.Equal(0, await ParkedAsync(node));
        }
    }

    private static async Task PlayAsync(TestNode node, Guid battle)
    {
        var (address, now) = (BallotBoxes.AddressOf(battle), DateTimeOffset.UtcNow);
        await node.Ask<BattleView>(address, new CreateBattle(battle, "host", "A title", "Words", BattleType.WildStyle, now, now.AddHours(1), now.AddHours(2), null));
        for (var n = 0; n < Entrants; n++)
        {
            // Who enters earns something by it, too.
            await node.Ask<InboxPreferences>(Inboxes.Of($"user{n}"), new SetPreferences([NotificationKind.AchievementEarned, NotificationKind.LevelUp]));
            await node.Ask<EntryView>(address, new SubmitEntry(Entry(n), $"user{n}", new EntryContent(ContentType.Text, "words"), false));
        }

        await node.Ask<EntryView>(address, new ModerateEntry(Moderator, Entry(0), true, null));
        await node.Ask<BattleView>(address, new MoveBattle(Moderator, BattleStatus.Voting));
        await node.Ask<BattleView>(address, new MoveBattle(Moderator, BattleStatus.Completed));
        await Eventually(() => node.Ask<BattleView>(address, new GetBattle()), view => view.Status == BattleStatus.Completed);
    }

    private static async Task AllHaveHeardAsync(TestNode node, Guid battle)
    {
        var listings = node.Services.GetRequiredService<InboxListings>();
        for (var n = 0; n < Entrants; n++)
        {
            var expected = n == 0 ? 2 : 1;
            var user = $"user{n}";
            await Eventually(() => node.Ask<UnreadCount>(Inboxes.Of(user), new GetUnread()), count => count.Unread == expected);
            var page = await Eventually(() => listings.PageAsync(user, true, null, 10), found => found!.Items.Count == expected);
            Assert.Equal(battle, Assert.Single(page!.Items, item => item.Kind == NotificationKind.BattleCompleted).Data.BattleId);
        }
    }

    /// <summary>As if the node had fallen before it noted what was told.</summary>
    private static async Task RewindAsync(TestNode node)
    {
        await using var connection = node.Services.GetRequiredService<ReadModelDatabase>().Open();
        Assert.Equal(1, await connection.ExecuteAsync("update read_offsets set position = 0 where name = 'battle-notifications'"));
    }

    private static async Task CaughtUpAsync(TestNode node)
    {
        await using var connection = node.Services.GetRequiredService<ReadModelDatabase>().Open();
        await Eventually(
            () => connection.ExecuteAsync<long>("select (select max(ordering) from journal) - min(position) from read_offsets"),
            behind => behind <= 0);
    }

    private static async Task<int> ParkedAsync(TestNode node)
    {
        await using var connection = node.Services.GetRequiredService<ReadModelDatabase>().Open();
        return await connection.ExecuteAsync<int>("select count(*) from parked_events");
    }

    private static Guid Entry(int n) => Guid.Parse($"01930000-0000-7000-8000-0000000001{n:00}");

    private static async Task<T> Eventually<T>(Func<Task<T>> read, Func<T, bool> holds)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            var value = await read();
            if (holds(value))
            {
                return value;
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "It did not come true within 30 s.");
        }
    }
}
