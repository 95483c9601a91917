using System.Diagnostics;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Actors.Tests.Nodes;

/// <summary>Races and restarts of challenges, addresses, wallets and sessions on whole nodes.</summary>
public sealed class WalletsOnANodeSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_many_users_who_claim_an_address_at_once_exactly_one_gets_it_and_it_can_change_hands(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        await using var node = await TestNode.Start(database.Url);
        var users = Enumerable.Range(0, 12).Select(i => $"user{i}").ToArray();
        var replies = await Task.WhenAll(users.Select(user => node.Ask(WalletRegions.OfUser(user), new LinkWallet("X"))));
        var winner = users[Array.FindIndex(replies, reply => reply is WalletView)];
        Assert.Single(replies, reply => reply is WalletView);
        Assert.All(replies.Where(reply => reply is not WalletView), reply => Assert.Equal("wallet_taken", Assert.IsType<Rejection>(reply).Code));
        Assert.Equal(winner, (await node.Ask<AddressOwner>(WalletRegions.OfAddress("X"), new GetAddressOwner())).UserId);
        foreach (var user in users)
        {
            Assert.Equal(user == winner ? 1 : 0, (await node.Ask<WalletsView>(WalletRegions.OfUser(user), new GetWallets())).Items.Count);
        }

        await node.Ask<Noted>(WalletRegions.OfUser(winner), new DisconnectWallet("X"));
        Assert.IsType<WalletView>(await node.Ask(WalletRegions.OfUser(winner), new LinkWallet("X")));
        await node.Ask<Noted>(WalletRegions.OfUser(winner), new DisconnectWallet("X"));
        var other = users.First(user => user != winner);
        Assert.IsType<WalletView>(await Eventually(() => node.Ask(WalletRegions.OfUser(other), new LinkWallet("X")), reply => reply is WalletView));
    }

    [Fact]
    public async Task A_claim_whose_wallet_never_came_about_keeps_others_away_and_is_its_user_s_to_take_up()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        await using (var node = await TestNode.Start(database.Url))
        {
            await node.Ask<ClaimReply>(WalletRegions.OfAddress("X"), new ClaimAddress("ann"));
        }

        await using (var node = await TestNode.Start(database.Url))
        {
            Assert.Equal("wallet_taken", Assert.IsType<Rejection>(await node.Ask(WalletRegions.OfUser("bob"), new LinkWallet("X"))).Code);
            await node.Ask<WalletView>(WalletRegions.OfUser("ann"), new LinkWallet("X"));
            Assert.Equal("ann", (await node.Ask<AddressOwner>(WalletRegions.OfAddress("X"), new GetAddressOwner())).UserId);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_challenge_survives_its_node_and_of_many_attempts_at_once_exactly_one_gets_it(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        var challenge = WalletRegions.OfChallenge("0123456789abcdef");
        await using (var node = await TestNode.Start(database.Url))
        {
            await node.Ask<Challenge>(challenge, new IssueChallenge(ChallengePurpose.Link, "ann", "X", "site", "message", DateTimeOffset.UtcNow.AddMinutes(15)));
        }

        await using (var node = await TestNode.Start(database.Url))
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => node.Ask(challenge, new UseChallenge(ChallengePurpose.Link, "ann"))));
            Assert.Equal("message", Assert.IsType<Challenge>(Assert.Single(replies, reply => reply is Challenge)).Message);
            Assert.All(replies.Where(reply => reply is not Challenge), reply => Assert.Equal("challenge_used", Assert.IsType<Rejection>(reply).Code));
        }

        await using (var node = await TestNode.Start(database.Url))
        {
            Assert.Equal("challenge_used", Assert.IsType<Rejection>(await node.Ask(challenge, new UseChallenge(ChallengePurpose.Link, "ann"))).Code);
        }
    }

    [Fact]
    public async Task A_repeat_of_an_attempt_with_its_key_gets_the_challenge_again_after_a_restart_too()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        var challenge = WalletRegions.OfChallenge("0123456789abcdef");
        await using (var node = await TestNode.Start(database.Url))
        {
            await node.Ask<Challenge>(challenge, new IssueChallenge(ChallengePurpose.SignIn, null, "X", "site", "message", DateTimeOffset.UtcNow.AddMinutes(15)));
            await node.Ask<Challenge>(challenge, new UseChallenge(ChallengePurpose.SignIn, null), "key");
        }

        await using (var node = await TestNode.Start(database.Url))
        {
            await node.Ask<Challenge>(challenge, new UseChallenge(ChallengePurpose.SignIn, null), "key");
            Assert.Equal("challenge_used", Assert.IsType<Rejection>(await node.Ask(challenge, new UseChallenge(ChallengePurpose.SignIn, null), "other")).Code);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Linked_wallets_are_found_in_the_read_model_fall_due_and_leave_it(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        await using var node = await TestNode.Start(database.Url);
        var tables = (WalletTables)node.Services.GetService(typeof(WalletTables))!;
        var user = WalletRegions.OfUser("ann");
        await node.Ask<WalletView>(user, new LinkWallet("X"));
        await node.Ask<WalletView>(user, new LinkWallet("Y"));
        var bound = await Eventually(() => tables.BoundAsync(["X", "Y", "Z"]), found => found.Count == 2);
        Assert.Equal("ann", bound["X"]);

        var now = DateTimeOffset.UtcNow;
        var due = await tables.DueAsync(now, 10);
        Assert.Equal(["X", "Y"], due.Select(wallet => wallet.Address));
        await tables.PostponeAsync(due[0], now.AddMinutes(10));
        Assert.Equal(["Y"], (await tables.DueAsync(now, 10)).Select(wallet => wallet.Address));
        await tables.TouchAsync(["X", "Z"], now);
        await tables.PostponeAsync(due[0], now.AddMinutes(10));
        Assert.Equal(["Y", "X"], (await tables.DueAsync(now, 10)).Select(wallet => wallet.Address));

        await node.Ask<Noted>(user, new SetHoldings("X", ulong.MaxValue, ulong.MaxValue, 6));
        await node.Ask<Noted>(user, new DisconnectWallet("Y"));
        await Eventually(() => tables.BoundAsync(["X", "Y"]), found => found.Count == 1);
        var view = await node.Ask<WalletsView>(user, new GetWallets());
        Assert.Equal((ulong.MaxValue, HolderTier.Platinum), (view.Total, view.Tier));
    }

    [Fact]
    public async Task Sessions_of_a_wallet_end_with_it()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        await using var node = await TestNode.Start(database.Url);
        await node.Ask<WalletView>(WalletRegions.OfUser("ann"), new LinkWallet("X"));
        foreach (var address in new[] { "X", "Y" })
        {
            await node.Ask<SessionView>(WalletRegions.SessionsOf("ann"), new StartSession(Guid.CreateVersion7(), address, "family", "secret"));
        }

        await node.Ask<Noted>(WalletRegions.OfUser("ann"), new DisconnectWallet("X"));
        var left = await Eventually(() => node.Ask<SessionsView>(WalletRegions.SessionsOf("ann"), new GetSessions()), sessions => sessions.Items.Count == 1);
        Assert.Equal("Y", left.Items[0].Address);
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

            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(20), $"still {value}");
            await Task.Delay(20);
        }
    }
}
