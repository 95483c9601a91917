using CsCheck;
using WildNOut.Actors.Battles;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class RankingProperties
{
    /// <summary>Few distinct values, so that ties of every depth turn up.</summary>
    private static readonly Gen<(BattleEntry Entry, EntryTally Tally)[]> Contests =
        Gen.Select(Gen.Int[0, 2], Gen.Int[-2, 2], Gen.Int[0, 2], Gen.Enum<ModerationStatus>())
            .Array[0, 12]
            .Select(rows => rows
                .Select((row, number) => (
                    Entry: new BattleEntry(Some.EntryId(number + 1), $"user-{number}", Some.Text("x"), Some.Start.AddMilliseconds(row.Item1), row.Item4),
                    Tally: new EntryTally(Some.EntryId(number + 1), row.Item2, row.Item3)))
                .ToArray());

    [Fact]
    public void Ranks_are_1_2_3_without_gaps_and_name_every_entry_that_was_not_rejected_once() => Contests.Sample(contest =>
    {
        var ranked = Rank(contest);
        Assert.Equal(Enumerable.Range(1, ranked.Count), ranked.Select(line => line.Rank));
        Assert.Equal(
            contest.Where(row => row.Entry.Moderation != ModerationStatus.Rejected).Select(row => row.Entry.Id).Order(),
            ranked.Select(line => line.EntryId).Order());
    });

    [Fact]
    public void The_order_is_total_and_is_that_of_the_rules() => Contests.Sample(contest =>
    {
        var ranked = Rank(contest);
        var entries = contest.ToDictionary(row => row.Entry.Id, row => row.Entry);
        foreach (var (ahead, behind) in ranked.Zip(ranked.Skip(1)))
        {
            Assert.True(Compare(ahead, behind, entries) < 0, $"{ahead} stands before {behind}");
        }
    });

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_the_input() =>
        Contests.SelectMany(contest => Gen.Shuffle(contest), (contest, shuffled) => (contest, shuffled))
            .Sample((contest, shuffled) => Assert.Equal(Rank(contest), Rank(shuffled)));

    [Fact]
    public void Computing_it_twice_gives_the_same_answer() => Contests.Sample(contest => Assert.Equal(Rank(contest), Rank(contest)));

    [Fact]
    public void Ids_compare_as_their_text_does() =>
        Gen.Select(Gen.Guid, Gen.Guid).Sample((a, b) =>
            Assert.Equal(Math.Sign(string.CompareOrdinal(a.ToString("D"), b.ToString("D"))), Math.Sign(a.CompareTo(b))));

    [Fact]
    public void An_entry_that_nobody_voted_for_counts_as_zero()
    {
        BattleEntry[] entries = [Entry(1), Entry(2), Entry(3)];
        var tallies = new Dictionary<Guid, EntryTally>
        {
            [Some.EntryId(1)] = new(Some.EntryId(1), -1, 1),
            [Some.EntryId(3)] = new(Some.EntryId(3), 1, 1),
        };
        Assert.Equal([3, 2, 1], Ranking.Rank(entries, tallies).Select(line => Array.FindIndex(entries, entry => entry.Id == line.EntryId) + 1));
    }

    [Fact]
    public void Ties_go_to_more_voters_then_to_the_earlier_entry_then_to_the_lower_id()
    {
        BattleEntry[] entries = [Entry(4), Entry(3), Entry(2) with { SubmittedAt = Some.Start.AddHours(-1) }, Entry(1)];
        var tallies = new[] { (4, 2L, 2L), (3, 2, 1), (2, 2, 1), (1, 2, 1) }
            .ToDictionary(row => Some.EntryId(row.Item1), row => new EntryTally(Some.EntryId(row.Item1), row.Item2, row.Item3));
        Assert.Equal(
            [Some.EntryId(4), Some.EntryId(2), Some.EntryId(1), Some.EntryId(3)],
            Ranking.Rank(entries, tallies).Select(line => line.EntryId));
    }

    private static BattleEntry Entry(int number) => new(Some.EntryId(number), $"user-{number}", Some.Text("x"), Some.Start);

    private static IReadOnlyList<RankedEntry> Rank(IEnumerable<(BattleEntry Entry, EntryTally Tally)> contest) =>
        Ranking.Rank(contest.Select(row => row.Entry), contest.ToDictionary(row => row.Entry.Id, row => row.Tally));

    private static int Compare(RankedEntry a, RankedEntry b, Dictionary<Guid, BattleEntry> entries)
    {
        if (a.Total != b.Total)
        {
            return b.Total.CompareTo(a.Total);
        }

        if (a.Voters != b.Voters)
        {
            return b.Voters.CompareTo(a.Voters);
        }

        var (first, second) = (entries[a.EntryId], entries[b.EntryId]);
        return first.SubmittedAt != second.SubmittedAt
            ? first.SubmittedAt.CompareTo(second.SubmittedAt)
            : string.CompareOrdinal(first.Id.ToString("D"), second.Id.ToString("D"));
    }
}
