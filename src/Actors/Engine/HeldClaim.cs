namespace WildNOut.Actors.Engine;

/// <summary>
/// The claim on something that one user has at a time, such as a name or a wallet's address. A claim has a number, so that a late message about an earlier
/// one changes nothing, and lapses when it is not confirmed in time: what a crash leaves behind mends itself.
/// </summary>
/// <param name="UserId">Who claims it; null for nobody.</param>
/// <param name="Number">The number of the newest claim; 0 before the first.</param>
/// <param name="Confirmed">Whether it holds for good.</param>
/// <param name="ClaimedAt">When it was claimed.</param>
public readonly record struct HeldClaim(string? UserId, long Number, bool Confirmed, DateTimeOffset ClaimedAt)
{
    /// <summary>How long an unconfirmed claim keeps others away: longer than a confirmation can be under way, short for a user whose node died in the middle.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Whose it is at an instant.</summary>
    public string? OwnerAt(DateTimeOffset now) => Confirmed || now < ClaimedAt + Lease ? UserId : null;

    /// <summary>What a user's wish for it comes to. The same user's claim that was never confirmed is made anew, so that its lease does not end in the middle.</summary>
    public ClaimVerdict Claim(string userId, DateTimeOffset now)
    {
        var owner = OwnerAt(now);
        return owner is not null && owner != userId ? new ClaimVerdict(ClaimStatus.Taken, Number)
            : owner is not null && Confirmed ? new ClaimVerdict(ClaimStatus.Claimed, Number)
            : new ClaimVerdict(ClaimStatus.Claimed, Number + 1, IsNew: true);
    }

    /// <summary>What comes of confirming a claim.</summary>
    public ClaimVerdict Confirm(string userId, long number) => !Holds(userId, number)
        ? new ClaimVerdict(ClaimStatus.Lost, number)
        : new ClaimVerdict(ClaimStatus.Confirmed, number, IsNew: !Confirmed);

    /// <summary>What comes of giving a claim up.</summary>
    public ClaimVerdict Release(string userId, long number) => new(ClaimStatus.Released, number, IsNew: Holds(userId, number));

    private bool Holds(string userId, long number) => UserId == userId && Number == number;
}

/// <summary>What comes of a wish about a claim.</summary>
/// <param name="Status">How the claim stands.</param>
/// <param name="Number">Its number.</param>
/// <param name="IsNew">Whether that is news: there is an event to write.</param>
public readonly record struct ClaimVerdict(ClaimStatus Status, long Number, bool IsNew = false);
