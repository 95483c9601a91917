using System.Diagnostics;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Actors.Tests.Nodes;

/// <summary>Shell, serializer, journal, snapshots and definitions together, on both databases.</summary>
public sealed class AchievementsOnANodeSpec
{
    private const string Only = """
        wildnout.achievements.definitions = [
          { id = ten, name = "Ten", description = "Cast 10 votes", category = voting, points = 40, criteria { type = votes_cast, threshold = 10 } }
        ]
        """;

    private const string Another = """
        wildnout.achievements.definitions = [
          { id = three, name = "Three", description = "Cast 3 votes", category = voting, points = 7, criteria { type = votes_cast, threshold = 3 } }
        ]
        """;

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_earned_survives_restarts_counts_once_and_new_definitions_reach_who_does_nothing(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        var ana = UserRegions.OfUser("ana");
        await using (var node = await TestNode.Start(database.Url, Only))
        {
            await Task.WhenAll(Enumerable.Range(0, 40).Select(n => node.Ask<Applied>(ana, RecordDeeds.Of(new Deed(DeedKind.VoteCast, $"entry-{n % 10}", DateTimeOffset.UtcNow)))));
            Assert.Equal(["ten"], await Earned(node));
            Assert.Equal(50, (await node.Ask<UserView>(ana, new GetUser())).Points.Points);
        }

        await using (var node = await TestNode.Start(database.Url, Another))
        {
            // A look wakes the user: the list shows the new one from the first look on, and its points are in the ledger soon after.
            Assert.Equal(["ten", "three"], await Earned(node));
            var patience = Stopwatch.StartNew();
            while ((await node.Ask<UserView>(ana, new GetUser())).Points.Points != 57)
            {
                Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "the points never came");
                await Task.Delay(20);
            }
        }

        await using (var node = await TestNode.Start(database.Url, Another))
        {
            Assert.Equal(["ten", "three"], await Earned(node));
            await node.Ask<Applied>(ana, new GrantAchievements());
            Assert.Equal(57, (await node.Ask<UserView>(ana, new GetUser())).Points.Points);
        }

        async Task<IEnumerable<string>> Earned(TestNode node) =>
            (await node.Ask<AchievementsView>(ana, new GetAchievements())).Earned.Select(achievement => achievement.Id);
    }
}
