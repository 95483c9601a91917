using CsCheck;
using WildNOut.Actors.Users.Achievements;
using Xunit;

namespace WildNOut.Actors.Tests.Users.Achievements;

public sealed class LoginDaysSpec
{
    private static readonly DateOnly First = new(2026, 1, 1);

    /// <summary>Few days close together, so that runs meet, and never more runs than are kept.</summary>
    private static readonly Gen<int[]> Visits = Gen.Int[0, 2 * LoginDays.MostRuns - 1].Array[0, 40];

    [Fact]
    public void The_streak_is_the_longest_row_of_days_in_whatever_order_and_how_often_they_come() => Visits.Sample(visits =>
    {
        var days = See(visits);
        Assert.Equal(LongestRow(visits), days.Longest);
        Assert.Equal(Describe(See([.. visits.Distinct().Order()])), Describe(days));
    });

    [Fact]
    public void Runs_hold_exactly_the_days_that_were_seen() => Visits.Sample(visits =>
    {
        var held = See(visits).Runs.SelectMany(run => Enumerable.Range(run.From.DayNumber - First.DayNumber, run.Length));
        Assert.Equal(visits.Distinct().Order(), held);
    });

    [Fact]
    public void A_streak_never_falls_and_a_day_that_comes_again_changes_nothing() => Gen.Int[0, 200].Array[1, 120].Sample(visits =>
    {
        var days = LoginDays.None;
        foreach (var visit in visits)
        {
            var after = days.See(First.AddDays(visit));
            Assert.True(after.Longest >= days.Longest);
            Assert.Same(after, after.See(First.AddDays(visit)));
            Assert.True(after.Runs.Count <= LoginDays.MostRuns);
            days = after;
        }
    });

    [Fact]
    public void A_day_that_was_missed_and_comes_late_joins_both_sides() => Assert.Equal(5, See([0, 1, 3, 4, 2]).Longest);

    [Fact]
    public void A_day_older_than_everything_that_is_kept_counts_for_nothing()
    {
        var days = See([.. Enumerable.Range(1, LoginDays.MostRuns + 1).Select(n => n * 10)]);
        Assert.Same(days, days.See(First));
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 0)]
    [InlineData(2, 3)]
    public void A_streak_is_under_way_until_a_day_is_missed(int today, int expected) =>
        Assert.Equal(expected, See([2, 3, 4]).At(First.AddDays(today)));

    [Fact]
    public void Who_was_never_seen_has_no_streak() => Assert.Equal((0, 0, 0), (LoginDays.None.Longest, LoginDays.None.Newest, LoginDays.None.At(First)));

    private static LoginDays See(int[] visits) => visits.Aggregate(LoginDays.None, (days, visit) => days.See(First.AddDays(visit)));

    private static string Describe(LoginDays days) => string.Join(' ', days.Runs) + days.Longest;

    private static int LongestRow(int[] visits)
    {
        var seen = visits.ToHashSet();
        return seen.Count == 0 ? 0 : seen.Max(start => Enumerable.Range(start, seen.Count).TakeWhile(seen.Contains).Count());
    }
}
