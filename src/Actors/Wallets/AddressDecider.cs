using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>What an address says to a command: it belongs to one user at a time.</summary>
public static class AddressDecider
{
    /// <summary>Judges a command at an instant.</summary>
    public static Decision<IAddressEvent> Decide(AddressState state, IAddressCommand command, DateTimeOffset now) => command switch
    {
        ClaimAddress claim => Claim(state, state.Held.Claim(claim.UserId, now), claim.UserId, now),
        ConfirmAddress confirm => Confirm(state, state.Held.Confirm(confirm.UserId, confirm.Claim), confirm.UserId, now),
        ReleaseAddress release => Release(state, state.Held.Release(release.UserId, release.Claim), release.UserId, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "An address does not know this command."),
    };

    private static Decision<IAddressEvent> Claim(AddressState state, ClaimVerdict verdict, string userId, DateTimeOffset now) =>
        verdict.Status == ClaimStatus.Taken
            ? Decision<IAddressEvent>.Reject(WalletRefusals.Taken)
            : Answer(state, verdict, new AddressClaimed(state.Address, userId, verdict.Number, now));

    private static Decision<IAddressEvent> Confirm(AddressState state, ClaimVerdict verdict, string userId, DateTimeOffset now) =>
        Answer(state, verdict, new AddressConfirmed(state.Address, userId, verdict.Number, now));

    private static Decision<IAddressEvent> Release(AddressState state, ClaimVerdict verdict, string userId, DateTimeOffset now) =>
        Answer(state, verdict, new AddressReleased(state.Address, userId, verdict.Number, now));

    private static Decision<IAddressEvent> Answer(AddressState state, ClaimVerdict verdict, IAddressEvent news)
    {
        IReadOnlyList<IAddressEvent> events = verdict.IsNew ? [news] : [];
        return Decision<IAddressEvent>.Answer(new ClaimReply(state.Address, verdict.Number, verdict.Status), events);
    }
}
