using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>What a username says to a command: it is one user's at a time.</summary>
public static class UsernameDecider
{
    /// <summary>Judges a command at an instant.</summary>
    public static Decision<IUsernameEvent> Decide(UsernameState state, IUsernameCommand command, DateTimeOffset now) => command switch
    {
        ClaimUsername claim => Claim(state, state.Held.Claim(claim.UserId, now), claim, now),
        ConfirmUsername confirm => Confirm(state, state.Held.Confirm(confirm.UserId, confirm.Claim), confirm.UserId, now),
        ReleaseUsername release => Release(state, state.Held.Release(release.UserId, release.Claim), release.UserId, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A username does not know this command."),
    };

    private static Decision<IUsernameEvent> Claim(UsernameState state, ClaimVerdict verdict, ClaimUsername claim, DateTimeOffset now)
    {
        var claimed = new NameClaimed(state.Username, claim.UserId, verdict.Number, now);
        return claim.ForGood
            ? Answer(state, verdict, now, claimed, new NameConfirmed(state.Username, claim.UserId, verdict.Number, now))
            : Answer(state, verdict, now, claimed);
    }

    private static Decision<IUsernameEvent> Confirm(UsernameState state, ClaimVerdict verdict, string userId, DateTimeOffset now) =>
        Answer(state, verdict, state.ClaimedAt, new NameConfirmed(state.Username, userId, verdict.Number, now));

    private static Decision<IUsernameEvent> Release(UsernameState state, ClaimVerdict verdict, string userId, DateTimeOffset now) =>
        Answer(state, verdict, state.ClaimedAt, new NameReleased(state.Username, userId, verdict.Number, now));

    private static Decision<IUsernameEvent> Answer(
        UsernameState state, ClaimVerdict verdict, DateTimeOffset claimedAt, params IReadOnlyList<IUsernameEvent> news) =>
        Decision<IUsernameEvent>.Answer(new UsernameReply(state.Username, verdict.Number, verdict.Status, claimedAt), verdict.IsNew ? news : []);
}
