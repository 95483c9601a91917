using WildNOut.Actors.Engine;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Wallets;
using Xunit;

namespace WildNOut.Actors.Tests.Wallets;

public sealed class AddressSpec
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AddressClaimed Claimed = new("X", "ann", 1, Now);
    private static readonly AddressConfirmed Confirmed = new("X", "ann", 1, Now);

    [Fact]
    public void A_free_address_is_claimed_confirmed_and_released()
    {
        var address = Free();
        address.When(new ClaimAddress("ann"), Now).Then(Claimed).Replying(new ClaimReply("X", 1, ClaimStatus.Claimed));
        address.When(new ConfirmAddress("ann", 1), Now).Then(Confirmed).Replying(new ClaimReply("X", 1, ClaimStatus.Confirmed));
        address.When(new ConfirmAddress("ann", 1), Now).ThenNothingHappens().Replying(new ClaimReply("X", 1, ClaimStatus.Confirmed));
        address.When(new ReleaseAddress("ann", 1), Now).Then(new AddressReleased("X", "ann", 1, Now)).Replying(new ClaimReply("X", 1, ClaimStatus.Released));
        address.When(new ReleaseAddress("ann", 1), Now).ThenNothingHappens().Replying(new ClaimReply("X", 1, ClaimStatus.Released));
        Assert.Null(address.Asked<AddressOwner>(new GetAddressOwner(), Now).UserId);
        address.When(new ClaimAddress("bob"), Now).Then(new AddressClaimed("X", "bob", 2, Now));
    }

    [Fact]
    public void An_address_belongs_to_one_user_at_a_time()
    {
        Free().Given(Claimed).When(new ClaimAddress("bob"), Now).ThenRejected(RejectionKind.Conflict, "wallet_taken");
        Free().Given(Claimed, Confirmed).When(new ClaimAddress("bob"), Now.AddYears(1)).ThenRejected(RejectionKind.Conflict, "wallet_taken");
        Assert.Equal("ann", Free().Given(Claimed).Asked<AddressOwner>(new GetAddressOwner(), Now).UserId);
    }

    [Fact]
    public void A_claim_that_nobody_confirms_lapses_and_its_late_confirmation_is_told_so()
    {
        var lapse = Now + HeldClaim.Lease;
        Free().Given(Claimed).When(new ClaimAddress("bob"), lapse.AddMilliseconds(-1)).ThenRejected(RejectionKind.Conflict, "wallet_taken");
        var address = Free().Given(Claimed);
        Assert.Null(address.Asked<AddressOwner>(new GetAddressOwner(), lapse).UserId);
        address.When(new ClaimAddress("bob"), lapse).Then(new AddressClaimed("X", "bob", 2, lapse));
        address.When(new ConfirmAddress("ann", 1), lapse).ThenNothingHappens().Replying(new ClaimReply("X", 1, ClaimStatus.Lost));
        Assert.Equal("bob", address.Asked<AddressOwner>(new GetAddressOwner(), lapse).UserId);
    }

    [Fact]
    public void A_late_confirmation_of_a_claim_that_nobody_else_wanted_holds() =>
        Free().Given(Claimed).When(new ConfirmAddress("ann", 1), Now.AddDays(1)).Then(Confirmed with { At = Now.AddDays(1) });

    [Fact]
    public void Late_messages_about_an_earlier_claim_change_nothing()
    {
        var address = Free().Given(Claimed, Confirmed, new AddressReleased("X", "ann", 1, Now), new AddressClaimed("X", "ann", 2, Now));
        address.When(new ReleaseAddress("ann", 1), Now).ThenNothingHappens().Replying(new ClaimReply("X", 1, ClaimStatus.Released));
        address.When(new ConfirmAddress("ann", 1), Now).ThenNothingHappens().Replying(new ClaimReply("X", 1, ClaimStatus.Lost));
        address.When(new ReleaseAddress("bob", 2), Now).ThenNothingHappens();
        Assert.Equal("ann", address.State.UserId);
    }

    [Fact]
    public void The_same_user_s_claim_is_made_anew_while_it_is_unconfirmed_and_stands_once_it_is()
    {
        Free().Given(Claimed).When(new ClaimAddress("ann"), Now.AddMinutes(9)).Then(new AddressClaimed("X", "ann", 2, Now.AddMinutes(9)));
        Free().Given(Claimed, Confirmed).When(new ClaimAddress("ann"), Now).ThenNothingHappens().Replying(new ClaimReply("X", 1, ClaimStatus.Claimed));
    }

    private static Scenario<AddressState, IAddressCommand, IAddressEvent> Free() => new(new AddressDefinition(), "X");
}
