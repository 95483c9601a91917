using WildNOut.Actors.Engine;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Users;
using Xunit;

namespace WildNOut.Actors.Tests.Users;

public sealed class UsernameSpec
{
    private static readonly DateTimeOffset Now = Somebody.Now;
    private static readonly NameClaimed Claimed = new("mc", "ann", 1, Now);
    private static readonly NameConfirmed Confirmed = new("mc", "ann", 1, Now);

    [Fact]
    public void A_free_name_is_claimed_confirmed_and_released()
    {
        var name = Free();
        name.When(new ClaimUsername("ann"), Now).Then(Claimed).Replying(new UsernameReply("mc", 1, ClaimStatus.Claimed, Now));
        name.When(new ConfirmUsername("ann", 1), Now).Then(Confirmed).Replying(new UsernameReply("mc", 1, ClaimStatus.Confirmed, Now));
        name.When(new ConfirmUsername("ann", 1), Now).ThenNothingHappens();
        Assert.Equal("ann", name.Asked<UsernameOwner>(new GetUsernameOwner(), Now).UserId);
        name.When(new ReleaseUsername("ann", 1), Now).Then(new NameReleased("mc", "ann", 1, Now));
        Assert.Null(name.Asked<UsernameOwner>(new GetUsernameOwner(), Now).UserId);
        name.When(new ClaimUsername("bob"), Now).Then(new NameClaimed("mc", "bob", 2, Now));
    }

    [Fact]
    public void A_name_is_one_user_s_at_a_time_and_says_so()
    {
        Free().Given(Claimed).When(new ClaimUsername("bob"), Now).ThenNothingHappens().Replying(new UsernameReply("mc", 1, ClaimStatus.Taken, Now));
        Free().Given(Claimed, Confirmed).When(new ClaimUsername("bob"), Now.AddYears(1)).ThenNothingHappens();
        Free().Given(Claimed).When(new ClaimUsername("bob"), Now + HeldClaim.Lease).Then(new NameClaimed("mc", "bob", 2, Now + HeldClaim.Lease));
    }

    [Fact]
    public void A_claim_for_good_needs_no_confirming_and_is_the_same_when_it_is_repeated()
    {
        var name = Free();
        name.When(new ClaimUsername("ann", ForGood: true), Now).Then(Claimed, Confirmed).Replying(new UsernameReply("mc", 1, ClaimStatus.Claimed, Now));
        name.When(new ClaimUsername("ann", ForGood: true), Now.AddYears(1)).ThenNothingHappens().Replying(new UsernameReply("mc", 1, ClaimStatus.Claimed, Now.AddYears(1)));
        name.When(new ClaimUsername("bob"), Now.AddYears(1)).ThenNothingHappens();
    }

    [Theory]
    [InlineData("mc_alice", true)]
    [InlineData("123", true)]
    [InlineData("ab", false)]
    [InlineData("a_name_of_thirty_one_characters", false)]
    [InlineData("mc alice", false)]
    [InlineData("mc-alice", false)]
    [InlineData("alicé", false)]
    [InlineData("user_alice", false)]
    public void Some_names_may_be_chosen(string name, bool may) => Assert.Equal(may, Usernames.MayBeChosen(name));

    [Fact]
    public void The_name_that_the_platform_gives_follows_from_the_id_for_ever()
    {
        Assert.Equal(Usernames.Given("ann"), Usernames.Given("ann"));
        Assert.All(Enumerable.Range(0, 1_000).Select(i => Usernames.Given($"user-{i}")), name => Assert.True(Usernames.IsWellFormed(name) && !Usernames.MayBeChosen(name)));
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(i => Usernames.Given($"user-{i}")).Distinct().Count());
        Assert.Equal("user_kgjy6dn7kqac6pa0", Usernames.Given("ann"));
    }

    private static Scenario<UsernameState, IUsernameCommand, IUsernameEvent> Free() => new(new UsernameDefinition(), "mc");
}
