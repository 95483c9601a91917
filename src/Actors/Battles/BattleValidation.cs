using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>What a battle's own fields must satisfy; faults by JSON field name.</summary>
internal static class BattleValidation
{
    /// <summary>The most entries of any battle, so that a ballot paper stays bounded.</summary>
    public const int MostEntries = 10_000;

    /// <summary>How long a battle that weighs votes by holdings may go on, because that is how far back holdings are known.</summary>
    public static readonly TimeSpan LongestWeighing = TimeSpan.FromDays(90);

    private const int LongestText = 50_000;
    private const int LargestVote = 1_000;

    public static Dictionary<string, string> Faults(
        string title,
        string description,
        BattleType type,
        DateTimeOffset start,
        DateTimeOffset end,
        DateTimeOffset votingEnd,
        BattleRules rules,
        DateTimeOffset now)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        Require(faults, Scalars(title.Trim()) is >= 3 and <= 120, "title", "must have 3 to 120 characters");
        Require(faults, Scalars(description.Trim()) is >= 1 and <= 2_000, "description", "must have 1 to 2,000 characters");
        Require(faults, type != BattleType.Tournament, "type", "tournaments are not open yet; choose wildStyle, pickUpKillIt or rAndBeef");
        Require(faults, start < end, "endTime", "must be after startTime");
        Require(faults, end > now, "endTime", "must be in the future");
        Require(faults, end < votingEnd, "votingEndTime", "must be after endTime");
        // Voting may be opened by hand as soon as the battle exists.
        Require(faults, rules.Weighting == VoteWeighting.Equal || votingEnd - now <= LongestWeighing, "votingEndTime", "must be within 90 days where votes weigh by holdings");
        Rules(faults, rules);
        return faults;
    }

    private static void Rules(Dictionary<string, string> faults, BattleRules rules)
    {
        Require(faults, rules.AllowedTypes.Count > 0 && rules.AllowedTypes.Distinct().Count() == rules.AllowedTypes.Count, "rules.allowedTypes", "must name at least one type, each once");
        Require(faults, rules.TextLimits.Min >= 0 && rules.TextLimits.Min <= rules.TextLimits.Max && rules.TextLimits.Max is >= 1 and <= LongestText, "rules.textLimits", "needs 0 ≤ min ≤ max and 1 ≤ max ≤ 50,000");
        Require(faults, rules.MaxEntries is null or (>= 1 and <= MostEntries), "rules.maxEntries", "must be 1 to 10,000");
        Require(faults, rules.VoteScale.Min <= rules.VoteScale.Max && rules.VoteScale.Min >= -LargestVote && rules.VoteScale.Max <= LargestVote, "rules.voteScale", "needs -1,000 ≤ min ≤ max ≤ 1,000");
    }

    /// <summary>Faults of an entry's content under the rules of its battle.</summary>
    public static Dictionary<string, string> Faults(EntryContent content, BattleRules rules)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!rules.AllowedTypes.Contains(content.Type))
        {
            faults["content.type"] = $"this battle takes {string.Join(", ", rules.AllowedTypes.Select(WireEnum<ContentType>.Name))}";
        }

        if (content.Type is ContentType.Text or ContentType.Mixed)
        {
            Require(faults, content.Text is { } text && rules.TextLimits.Contains(Scalars(text)), "content.text", $"must have {rules.TextLimits.Min} to {rules.TextLimits.Max} characters");
        }
        else
        {
            Require(faults, content.Text is null, "content.text", "goes with the types text and mixed only");
        }

        var wantsMedia = content.Type is not ContentType.Text;
        Require(faults, wantsMedia == (content.MediaKey is not null), "content.mediaKey", wantsMedia ? "is needed for this type" : "does not go with the type text");
        return faults;
    }

    private static int Scalars(string text) => text.EnumerateRunes().Count();

    private static void Require(Dictionary<string, string> faults, bool holds, string field, string problem)
    {
        if (!holds)
        {
            faults.TryAdd(field, problem);
        }
    }
}
