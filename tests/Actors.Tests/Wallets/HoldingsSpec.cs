using CsCheck;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using Xunit;
using static WildNOut.Actors.Tests.Wallets.WalletsSpec;

namespace WildNOut.Actors.Tests.Wallets;

public sealed class HoldingsSpec
{
    private const ulong Token = 1_000_000;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, HolderTier.None)]
    [InlineData(1, HolderTier.Bronze)]
    [InlineData(1_000 * Token - 1, HolderTier.Bronze)]
    [InlineData(1_000 * Token, HolderTier.Silver)]
    [InlineData(10_000 * Token - 1, HolderTier.Silver)]
    [InlineData(10_000 * Token, HolderTier.Gold)]
    [InlineData(100_000 * Token - 1, HolderTier.Gold)]
    [InlineData(100_000 * Token, HolderTier.Platinum)]
    [InlineData(ulong.MaxValue, HolderTier.Platinum)]
    public void The_tier_goes_by_whole_tokens(ulong units, HolderTier tier) => Assert.Equal(tier, TokenUnits.Tier(units, 6));

    [Theory]
    [InlineData(ulong.MaxValue, 0, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 19, 1)]
    [InlineData(ulong.MaxValue, 20, 0)]
    [InlineData(ulong.MaxValue, 255, 0)]
    [InlineData(1_999_999, 6, 1)]
    public void Whole_tokens_are_exact(ulong units, int decimals, ulong whole) => Assert.Equal(whole, TokenUnits.Whole(units, decimals));

    [Fact]
    public void A_sum_stops_at_the_top() => Assert.Equal(ulong.MaxValue, TokenUnits.Sum([ulong.MaxValue, 1, 5]));

    [Fact]
    public void The_tier_is_that_of_the_sum_over_all_wallets()
    {
        var wallets = Nobody().Given(Connected("X", 1), Connected("Y", 1));
        wallets.When(new SetHoldings("X", 600 * Token, 10, 6), Now).Then(
            Set("X", 600 * Token), new HolderTierChanged("ann", HolderTier.Bronze, HolderTier.None, Now));
        wallets.When(new SetHoldings("Y", 400 * Token, 11, 6), Now).Then(
            Set("Y", 400 * Token, 11), new HolderTierChanged("ann", HolderTier.Silver, HolderTier.Bronze, Now));
        wallets.When(new SetHoldings("Y", 401 * Token, 12, 6), Now).Then(Set("Y", 401 * Token, 12));
        wallets.When(new DisconnectWallet("Y"), Now).Then(
            new WalletDisconnected("ann", "Y", 1, false, Now), new HolderTierChanged("ann", HolderTier.Bronze, HolderTier.Silver, Now));
        Assert.Equal(600 * Token, wallets.Asked<WalletsView>(new GetWallets(), Now).Total);
    }

    [Fact]
    public void Older_readings_and_readings_that_say_the_same_change_nothing()
    {
        var wallets = Nobody().Given(Connected("X", 1), Set("X", 5, slot: 10));
        wallets.When(new SetHoldings("X", 7, 9, 6), Now).ThenNothingHappens().Replying(Noted.Instance);
        wallets.When(new SetHoldings("X", 5, 11, 6), Now).ThenNothingHappens().Replying(Noted.Instance);
        wallets.When(new SetHoldings("Z", 5, 11, 6), Now).ThenRejected(RejectionKind.NotFound, "not_found");
        wallets.When(new SetHoldings("X", 0, 12, 6), Now).Then(Set("X", 0, 12));
    }

    [Fact]
    public void The_first_reading_is_kept_even_when_it_finds_nothing() =>
        Nobody().Given(Connected("X", 1)).When(new SetHoldings("X", 0, 1, 6), Now).Then(Set("X", 0, 1));

    [Fact]
    public void A_look_that_finds_no_change_or_fails_shows_in_the_age_only()
    {
        var wallets = Nobody().Given(Connected("X", 1), Set("X", 5, slot: 10));
        wallets.Heard(new HoldingsChecked("X", 20, Now.AddMinutes(10)), new HoldingsChecked("Z", 20, Now), new HoldingsChecked("X", 19, Now.AddMinutes(9)));
        Assert.Equal(new WalletView("X", Now, 5, 20, Now.AddMinutes(10), null), Only());
        wallets.Heard(new HoldingsChecked("X", null, Now.AddMinutes(20)));
        Assert.Equal(new WalletView("X", Now, 5, 20, Now.AddMinutes(10), Now.AddMinutes(20)), Only());
        wallets.When(new SetHoldings("X", 6, 15, 6), Now.AddMinutes(21)).ThenNothingHappens();
        wallets.When(new SetHoldings("X", 6, 25, 6), Now.AddMinutes(21));
        Assert.Equal(new WalletView("X", Now, 6, 25, Now.AddMinutes(21), null), Only());

        WalletView Only() => Assert.Single(wallets.Asked<WalletsView>(new GetWallets(), Now.AddHours(1)).Items);
    }

    [Fact]
    public void What_was_held_right_before_an_instant_stays_so_whatever_is_linked_bought_or_disconnected_later()
    {
        var opening = Now.AddHours(1);
        var wallets = Nobody().Given(Connected("X", 1), Set("X", 1_500 * Token));
        Assert.Equal(new HoldingsThen(opening, 1_500, HolderTier.Silver), Then());
        wallets.Given(Connected("Y", 1, opening), Set("Y", 100_000 * Token, at: opening));
        Assert.Equal(new HoldingsThen(opening, 1_500, HolderTier.Silver), Then());
        wallets.Given(new WalletDisconnected("ann", "X", 1, false, opening.AddMinutes(1)), new WalletDisconnected("ann", "Y", 1, false, opening.AddMinutes(2)));
        Assert.Equal(new HoldingsThen(opening, 1_500, HolderTier.Silver), Then());
        Assert.Equal(new HoldingsThen(Now, 0, HolderTier.None), wallets.Asked<HoldingsThen>(new GetHoldingsAt(Now), opening));

        HoldingsThen Then() => wallets.Asked<HoldingsThen>(new GetHoldingsAt(opening), opening.AddHours(1));
    }

    [Fact]
    public void What_is_held_at_an_instant_is_not_said_before_it_has_come()
    {
        var wallets = Nobody().Given(Connected("X", 1), Set("X", 5));
        Assert.Equal("too_early", wallets.Asked<Rejection>(new GetHoldingsAt(Now.AddMilliseconds(1)), Now).Code);
        Assert.Equal(HolderTier.None, wallets.Asked<HoldingsThen>(new GetHoldingsAt(Now), Now).Tier);
    }

    [Fact]
    public void Time_does_not_go_back_when_the_clock_does() =>
        Nobody().Given(Connected("X", 1)).When(new SetHoldings("X", 5, 10, 6), Now.AddMinutes(-1))
            .Then(Set("X", 5), new HolderTierChanged("ann", HolderTier.Bronze, HolderTier.None, Now));

    [Fact]
    public void An_answer_once_given_never_changes() => Gen.Select(Gen.Int[0, 40], Gen.ULong[0, 3]).List[0, 60].Sample(steps =>
    {
        var wallets = Nobody().Given(Connected("X", 1));
        var said = new Dictionary<DateTimeOffset, HoldingsThen>();
        var (clock, slot) = (Now, 0UL);
        foreach (var (minutes, amount) in steps)
        {
            clock += TimeSpan.FromDays(minutes);
            said[clock] = wallets.Asked<HoldingsThen>(new GetHoldingsAt(clock), clock);
            wallets.When(new SetHoldings("X", amount * Token, ++slot, 6), clock);
            foreach (var (instant, then) in said.Where(pair => pair.Key >= clock - HoldingsHistory.Reach))
            {
                Assert.Equal(then, wallets.Asked<HoldingsThen>(new GetHoldingsAt(instant), clock));
            }
        }

        var kept = wallets.State.History;
        Assert.All(kept.Skip(1), point => Assert.True(point.At >= kept[^1].At - HoldingsHistory.Reach, "What nobody can ask for is kept."));
    });
}
