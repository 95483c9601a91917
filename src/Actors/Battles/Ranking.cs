namespace WildNOut.Actors.Battles;

/// <summary>The order of entries: by total, then by number of voters, then earlier submission, then id. A total order, whatever order the votes came in.</summary>
public static class Ranking
{
    /// <summary>Ranks 1, 2, 3… without gaps; rejected entries are left out.</summary>
    public static IReadOnlyList<RankedEntry> Rank(IEnumerable<BattleEntry> entries, IReadOnlyDictionary<Guid, EntryTally> tallies) =>
        [.. entries
            .Where(entry => entry.Moderation != ModerationStatus.Rejected)
            .Select(entry => (entry, tally: tallies.GetValueOrDefault(entry.Id)))
            .OrderByDescending(pair => pair.tally.Total)
            .ThenByDescending(pair => pair.tally.Voters)
            .ThenBy(pair => pair.entry.SubmittedAt)
            .ThenBy(pair => pair.entry.Id)
            .Select((pair, place) => new RankedEntry(place + 1, pair.entry.Id, pair.entry.UserId, pair.tally.Total, pair.tally.Voters))];

    /// <summary>The sum of what the boxes counted, by entry.</summary>
    public static IReadOnlyDictionary<Guid, EntryTally> Sum(IEnumerable<BallotCount> counts)
    {
        var sums = new Dictionary<Guid, EntryTally>();
        foreach (var entry in counts.SelectMany(count => count.Entries))
        {
            var sum = sums.GetValueOrDefault(entry.EntryId);
            sums[entry.EntryId] = new EntryTally(entry.EntryId, sum.Total + entry.Total, sum.Voters + entry.Voters);
        }

        return sums;
    }
}
