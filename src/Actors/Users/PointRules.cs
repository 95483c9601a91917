namespace WildNOut.Actors.Users;

/// <summary>What deeds earn. Read from <c>wildnout.points</c> in HOCON; a change concerns what happens from then on.</summary>
/// <param name="Entry">For entering a battle, from 0.</param>
/// <param name="Ranks">For the first ranks of a completed battle, the first rank first; from 0 each.</param>
/// <param name="Vote">For a vote, from 0.</param>
/// <param name="VotesADay">The most points for votes cast on one day (UTC), from 0.</param>
/// <param name="Content">For publishing, from 0.</param>
public sealed record PointRules(long Entry, IReadOnlyList<long> Ranks, long Vote, long VotesADay, long Content)
{
    /// <summary>What the platform pays where a deployment says nothing else.</summary>
    public static readonly PointRules Default = new(10, [100, 50, 25], 1, 50, 5);

    /// <summary>What a deed earns, and why.</summary>
    /// <param name="deed">The deed.</param>
    /// <param name="paidThatDay">Points for votes of the same day so far; null when that is not known any more.</param>
    public (long Amount, string Reason) For(Deed deed, long? paidThatDay) => deed.Kind switch
    {
        DeedKind.EntrySubmitted => (Entry, Reasons.Entry),
        DeedKind.BattleCompleted when deed.Rank is { } rank && rank <= Ranks.Count => (Ranks[rank - 1], Reasons.Rank),
        DeedKind.VoteCast => (paidThatDay is { } paid ? Math.Clamp(VotesADay - paid, 0, Vote) : 0, Reasons.Vote),
        DeedKind.ContentPublished => (Content, Reasons.Content),
        _ => (0, ""),
    };
}

/// <summary>Why points come by themselves.</summary>
public static class Reasons
{
    /// <summary>Entered a battle.</summary>
    public const string Entry = "battle_entry";

    /// <summary>Among the first of a battle.</summary>
    public const string Rank = "battle_rank";

    /// <summary>Voted.</summary>
    public const string Vote = "vote_cast";

    /// <summary>Published something.</summary>
    public const string Content = "content_published";

    /// <summary>Earned an achievement.</summary>
    public const string Achievement = "achievement";
}
