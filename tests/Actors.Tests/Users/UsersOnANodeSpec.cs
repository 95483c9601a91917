using System.Diagnostics;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Tests.Nodes;
using WildNOut.Actors.Users;
using WildNOut.Actors.Wallets;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Actors.Tests.Users;

/// <summary>Races and restarts of users and names on whole nodes.</summary>
public sealed class UsersOnANodeSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_many_users_who_want_a_name_at_once_one_gets_it_and_it_can_change_hands(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        await using var node = await TestNode.Start(database.Url, TestNode.NoAchievements);
        var users = Enumerable.Range(0, 12).Select(i => $"user{i}").ToArray();
        var replies = await Task.WhenAll(users.Select(user => node.Ask(UserRegions.OfUser(user), Somebody.Edit(username: "emcee", bio: "mine"))));
        var winner = users[Array.FindIndex(replies, reply => reply is UserView)];
        Assert.Single(replies, reply => reply is UserView { Username: "emcee", Bio: "mine" });
        Assert.All(replies.Where(reply => reply is not UserView), reply => Assert.Equal("username_taken", Assert.IsType<Rejection>(reply).Code));
        Assert.Equal(winner, (await node.Ask<UsernameOwner>(UserRegions.OfUsername("emcee"), new GetUsernameOwner())).UserId);

        Assert.Equal("other", (await node.Ask<UserView>(UserRegions.OfUser(winner), Somebody.Edit(username: "other"))).Username);
        Assert.Equal("emcee", (await node.Ask<UserView>(UserRegions.OfUser(winner), Somebody.Edit(username: "emcee"))).Username);
        await node.Ask<UserView>(UserRegions.OfUser(winner), Somebody.Edit(username: "other"));
        var heir = users.First(user => user != winner);
        Assert.IsType<UserView>(await Eventually(() => node.Ask(UserRegions.OfUser(heir), Somebody.Edit(username: "emcee")), reply => reply is UserView));
    }

    [Fact]
    public async Task What_a_user_is_survives_a_restart_and_so_does_what_was_counted()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        var ann = UserRegions.OfUser("ann");
        UserView before;
        await using (var node = await TestNode.Start(database.Url, TestNode.NoAchievements))
        {
            await node.Ask<UserView>(ann, Somebody.Edit(username: "emcee", displayName: "Ann"));
            await node.Ask<PointsView>(ann, Somebody.Award(120, "a"), "key");
            await node.Ask<Applied>(ann, new RecordDeeds([.. Enumerable.Range(0, 300).Select(i => Somebody.Vote(i))]), "one");
            before = await node.Ask<UserView>(ann, new WelcomeUser());
            Assert.Equal((170, 300), (before.Points.Points, before.Counters.Votes));
        }

        await using (var node = await TestNode.Start(database.Url, TestNode.NoAchievements))
        {
            Assert.Equal(120, (await node.Ask<PointsView>(ann, Somebody.Award(120, "a"), "key")).Points);
            await node.Ask<Applied>(ann, new RecordDeeds([.. Enumerable.Range(0, 300).Select(i => Somebody.Vote(i))]), "another");
            Assert.Equal(before, await node.Ask<UserView>(ann, new GetUser()));
        }
    }

    [Fact]
    public async Task Somebody_s_wallets_and_sessions_end_with_the_account()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        await using var node = await TestNode.Start(database.Url, TestNode.NoAchievements);
        await node.Ask<UserView>(UserRegions.OfUser("ann"), new WelcomeUser());
        await node.Ask<WalletView>(WalletRegions.OfUser("ann"), new LinkWallet("X"));
        await node.Ask<SessionView>(WalletRegions.SessionsOf("ann"), new StartSession(Guid.CreateVersion7(), "X", "family", "secret"));
        await node.Ask<Applied>(UserRegions.OfUser("ann"), new DeleteUser("ann"));
        await Eventually(() => node.Ask<WalletsView>(WalletRegions.OfUser("ann"), new GetWallets()), wallets => wallets.Items.Count == 0);
        await Eventually(() => node.Ask<SessionsView>(WalletRegions.SessionsOf("ann"), new GetSessions()), sessions => sessions.Items.Count == 0);
        await Eventually(() => node.Ask<AddressOwner>(WalletRegions.OfAddress("X"), new GetAddressOwner()), address => address.UserId is null);
        await Eventually(() => node.Ask<UsernameOwner>(UserRegions.OfUsername(Usernames.Given("ann")), new GetUsernameOwner()), name => name.UserId is null);
        Assert.Equal("account_deleted", Assert.IsType<Rejection>(await Eventually(() => node.Ask(WalletRegions.OfUser("ann"), new LinkWallet("X")), reply => reply is Rejection)).Code);
    }

    [Fact]
    public async Task The_identity_provider_s_username_is_taken_over_by_itself()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        await using var node = await TestNode.Start(database.Url, TestNode.NoAchievements);
        foreach (var user in new[] { "ann", "bob" })
        {
            await node.Ask<Applied>(UserRegions.OfUser(user), new LearnIdentity("Emcee", user, null, null, DateTimeOffset.UtcNow));
        }

        var names = new List<string>();
        foreach (var user in new[] { "ann", "bob" })
        {
            names.Add((await Eventually(
                async () => (await node.Ask<UserView>(UserRegions.OfUser(user), new GetUser()), await node.Ask<UsernameOwner>(UserRegions.OfUsername("emcee"), new GetUsernameOwner())),
                found => found.Item2.UserId is { } owner && (owner == user) == (found.Item1.Username == "emcee"))).Item1.Username);
        }

        Assert.Single(names, "emcee");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_battle_and_its_votes_are_told_to_those_who_were_in_it(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        await using var node = await TestNode.Start(database.Url, TestNode.NoAchievements);
        var (battle, entry, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        var address = BallotBoxes.AddressOf(battle);
        var creator = new Caller("host", Role.User);
        await node.Ask(address, new CreateBattle(battle, "host", "A title", "Words", BattleType.WildStyle, now, now.AddHours(1), now.AddHours(2), null));
        await node.Ask(address, new SubmitEntry(entry, "rapper", new EntryContent(ContentType.Text, "words"), false));
        await node.Ask(address, new MoveBattle(creator, BattleStatus.Voting));
        await node.Ask<VoteReceipt>(BallotBoxes.AddressOf(BallotBoxes.BoxOf("listener", BallotBoxes.DefaultCount)), new CastVote(battle, entry, "listener", 1, 1, null));
        await node.Ask(address, new MoveBattle(creator, BattleStatus.Completed));
        var rapper = await Eventually(() => node.Ask(UserRegions.OfUser("rapper"), new GetUser()), reply => reply is UserView { Counters.Battles: 1, Counters.Entries: 1 });
        Assert.Equal((110, 1), (((UserView)rapper).Points.Points, ((UserView)rapper).Counters.Wins));
        var listener = await Eventually(() => node.Ask(UserRegions.OfUser("listener"), new GetUser()), reply => reply is UserView { Counters.Votes: 1 });
        Assert.Equal(1, ((UserView)listener).Points.Points);
    }

    private static async Task<T> Eventually<T>(Func<Task<T>> read, Func<T, bool> holds)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (holds(value))
            {
                return value;
            }

            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(30), $"still {value}");
            await Task.Delay(20);
        }
    }
}
