using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>What a challenge says to a command.</summary>
public static class ChallengeDecider
{
    /// <summary>Judges a command at an instant.</summary>
    public static Decision<IChallengeEvent> Decide(ChallengeState state, IChallengeCommand command, DateTimeOffset now) => command switch
    {
        IssueChallenge issue => Issue(state, issue, now),
        UseChallenge use => Use(state, use, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A challenge does not know this command."),
    };

    private static Decision<IChallengeEvent> Issue(ChallengeState state, IssueChallenge issue, DateTimeOffset now) => state.Issued is null
        ? Decision<IChallengeEvent>.Accept(new ChallengeIssued(
            state.Nonce, issue.Purpose, issue.UserId, issue.Address, issue.Domain, issue.Message, Instants.Truncate(issue.ExpiresAt), now))
        : Decision<IChallengeEvent>.Reject(Rejection.IdempotencyMismatch);

    /// <summary>The attempt of somebody else, or for another end, uses the challenge up too: who else than its owner would know of it?</summary>
    private static Decision<IChallengeEvent> Use(ChallengeState state, UseChallenge use, DateTimeOffset now)
    {
        if (state.Issued is not { } issued)
        {
            return Decision<IChallengeEvent>.Reject(WalletRefusals.ChallengeUnknown);
        }

        if (state.Used)
        {
            return Decision<IChallengeEvent>.Reject(WalletRefusals.ChallengeUsed);
        }

        if (now >= issued.ExpiresAt)
        {
            return Decision<IChallengeEvent>.Reject(WalletRefusals.ChallengeExpired);
        }

        var used = new ChallengeUsed(state.Nonce, now);
        return use.Purpose != issued.Purpose ? Decision<IChallengeEvent>.Reject(WalletRefusals.WrongPurpose, used)
            : use.UserId != issued.UserId ? Decision<IChallengeEvent>.Reject(WalletRefusals.WrongUser, used)
            : Decision<IChallengeEvent>.Accept(used);
    }
}
