using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using WildNOut.Actors.Wallets;
using Xunit;

namespace WildNOut.Actors.Tests.Users.Achievements;

public sealed class HoldingsPolicySpec
{
    [Theory]
    [InlineData(12_345_678_901, 6, 12_345)]
    [InlineData(1_000_000, 6, 1)]
    [InlineData(7, 0, 7)]
    [InlineData(ulong.MaxValue, 0, long.MaxValue)]
    public void A_reading_tells_the_user_the_whole_tokens_of_that_wallet(ulong amount, int decimals, long tokens)
    {
        var command = Assert.Single(React(new HoldingsSet("ana", "wallet", amount, 9, decimals, Account.Now)));
        Assert.Equal(UserRegions.OfUser("ana"), command.To);
        Assert.Equal(new Deed(DeedKind.TokensHeld, "wallet", Account.Now, Tokens: tokens), Assert.Single(Assert.IsType<RecordDeeds>(command.Command).Deeds));
    }

    [Fact]
    public void Less_than_a_token_and_whatever_else_happens_to_wallets_tells_nothing()
    {
        Assert.Empty(React(new HoldingsSet("ana", "wallet", 999_999, 9, 6, Account.Now)));
        Assert.Empty(React(new HoldingsSet("ana", "wallet", 0, 9, 6, Account.Now)));
        Assert.Empty(React(new WalletConnected("ana", "wallet", 1, Account.Now)));
    }

    private static IEnumerable<PolicyCommand> React(IEvent happened) => new HoldingsPolicy().React(Happened(happened));

    private static JournalEvent Happened(IEvent happened) => new(1, "wallets:ana", 1, 0, happened);
}
