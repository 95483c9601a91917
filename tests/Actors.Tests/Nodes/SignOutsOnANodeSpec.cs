using WildNOut.Actors.Identity;
using WildNOut.Actors.Wallets;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Actors.Tests.Nodes;

/// <summary>The list of sign-outs on whole nodes.</summary>
public sealed class SignOutsOnANodeSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_sign_out_outlives_its_node_and_a_repeat_finds_it(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        await using (var node = await TestNode.Start(database.Url))
        {
            var numbers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => node.Ask<SignOutNumber>(IdentityRegions.SignOuts, new SignOut($"sess_{i % 20}"))));
            Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), numbers.Select(reply => reply.Number).Distinct().Order());
        }

        await using (var node = await TestNode.Start(database.Url))
        {
            Assert.InRange((await node.Ask<SignOutNumber>(IdentityRegions.SignOuts, new SignOut("sess_7"))).Number, 1, 20);
            var list = await node.Ask<SignOuts>(IdentityRegions.SignOuts, new GetSignOuts(0));
            Assert.Equal((20, 20L), (list.Items.Count, list.Latest));
        }
    }

    [Fact]
    public async Task A_session_of_the_platform_that_ends_comes_on_the_list()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        await using var node = await TestNode.Start(database.Url);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await node.Ask<SessionView>(WalletRegions.SessionsOf("ann"), new StartSession(first, "X", "family", "one"));
        await node.Ask<SessionView>(WalletRegions.SessionsOf("ann"), new StartSession(second, "X", "family", "one"));
        await node.Ask<Noted>(WalletRegions.SessionsOf("ann"), new EndSession(first));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        SignOuts list;
        while ((list = await node.Ask<SignOuts>(IdentityRegions.SignOuts, new GetSignOuts(0))).Items.Count == 0)
        {
            await Task.Delay(50, patience.Token);
        }

        Assert.Equal(first.ToString(), Assert.Single(list.Items).SessionId);
    }
}
