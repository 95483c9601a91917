using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>What an address says to a command: it belongs to one user at a time.</summary>
public static class AddressDecider
{
    /// <summary>Judges a command at an instant.</summary>
    public static Decision<IAddressEvent> Decide(AddressState state, IAddressCommand command, DateTimeOffset now) => command switch
    {
        ClaimAddress claim => Claim(state, claim, now),
        ConfirmAddress confirm => Confirm(state, confirm, now),
        ReleaseAddress release => Release(state, release, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "An address does not know this command."),
    };

    /// <summary>The same user's claim that was never confirmed is made anew, so that its lease does not end in the middle.</summary>
    private static Decision<IAddressEvent> Claim(AddressState state, ClaimAddress claim, DateTimeOffset now)
    {
        var owner = state.OwnerAt(now);
        return owner is not null && owner != claim.UserId ? Decision<IAddressEvent>.Reject(WalletRefusals.Taken)
            : owner is not null && state.Confirmed ? Answer(state.Address, state.Claim, ClaimStatus.Claimed)
            : Answer(state.Address, state.Claim + 1, ClaimStatus.Claimed, new AddressClaimed(state.Address, claim.UserId, state.Claim + 1, now));
    }

    private static Decision<IAddressEvent> Confirm(AddressState state, ConfirmAddress confirm, DateTimeOffset now) =>
        !state.Holds(confirm.UserId, confirm.Claim) ? Answer(state.Address, confirm.Claim, ClaimStatus.Lost)
        : state.Confirmed ? Answer(state.Address, confirm.Claim, ClaimStatus.Confirmed)
        : Answer(state.Address, confirm.Claim, ClaimStatus.Confirmed, new AddressConfirmed(state.Address, confirm.UserId, confirm.Claim, now));

    private static Decision<IAddressEvent> Release(AddressState state, ReleaseAddress release, DateTimeOffset now) =>
        state.Holds(release.UserId, release.Claim)
            ? Answer(state.Address, release.Claim, ClaimStatus.Released, new AddressReleased(state.Address, release.UserId, release.Claim, now))
            : Answer(state.Address, release.Claim, ClaimStatus.Released);

    private static Decision<IAddressEvent> Answer(string address, long claim, ClaimStatus status, params IReadOnlyList<IAddressEvent> events) =>
        Decision<IAddressEvent>.Answer(new ClaimReply(address, claim, status), events);
}
