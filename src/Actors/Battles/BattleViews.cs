namespace WildNOut.Actors.Battles;

/// <summary>A battle as clients see it.</summary>
internal static class BattleViews
{
    public static BattleView View(BattleState state)
    {
        long votes = 0, newcomers = 0;
        for (var box = 0; box < state.Boxes; box++)
        {
            if (state.CountOf(box) is { } count)
            {
                votes += count.VoteCount;
                newcomers += count.Newcomers;
            }
        }

        return new BattleView(
            state.Id,
            state.Title,
            state.Description,
            state.Type,
            state.Status,
            state.CreatorId!,
            state.Rules,
            state.StartTime,
            state.EndTime,
            state.VotingEndTime,
            state.Entries.Count,
            votes,
            state.Entries.Count + newcomers,
            0,
            state.Version,
            state.CreatedAt);
    }

    public static EntryView View(BattleState state, BattleEntry entry)
    {
        long voters = 0;
        foreach (var count in Counts(state))
        {
            foreach (var tally in count.Entries)
            {
                voters += tally.EntryId == entry.Id ? tally.Voters : 0;
            }
        }

        return new EntryView(
            entry.Id,
            state.Id,
            entry.UserId,
            entry.Content,
            new EntryModeration(entry.Moderation, entry.Reason),
            new EntryMetrics(entry.Views, voters, 0, 0),
            state.Results?.Entries.FirstOrDefault(ranked => ranked.EntryId == entry.Id)?.Rank,
            entry.SubmittedAt);
    }

    public static Tally Tally(BattleState state)
    {
        var sums = Ranking.Sum(Counts(state));
        return new Tally(
            state.Id,
            Counts(state).Sum(count => count.VoteCount),
            [.. InOrder(state).Select(entry => sums.TryGetValue(entry.Id, out var sum) ? sum : new EntryTally(entry.Id, 0, 0))]);
    }

    public static BallotPaper Paper(BattleState state) => new(
        state.Id,
        state.VotingEndTime,
        state.Rules.VoteScale,
        state.Rules.Weighting,
        state.Rules.AllowSelfVote,
        [.. InOrder(state).Select(entry => new BallotLine(entry.Id, entry.UserId, entry.Moderation == ModerationStatus.Rejected))],
        state.Rules.Weighting == VoteWeighting.Equal ? null : state.VotingOpenedAt);

    public static IEnumerable<BattleEntry> InOrder(BattleState state) =>
        state.Entries.Values.OrderBy(entry => entry.SubmittedAt).ThenBy(entry => entry.Id);

    private static IEnumerable<BallotCount> Counts(BattleState state) =>
        Enumerable.Range(0, state.Boxes).Select(state.CountOf).OfType<BallotCount>();
}
