using CsCheck;
using WildNOut.Web.Limits;

namespace WildNOut.Web.Tests.Limits;

/// <summary>What a node counts by itself.</summary>
public sealed class CountTableTests
{
    private const long Minute = 60_000;
    private const long Now = 1_800_000_000_000;

    [Fact]
    public void A_caller_gets_what_is_there_unasked_and_then_needs_the_owner()
    {
        var table = new CountTable(100, Minute);
        for (var number = 1; number <= 16; number++)
        {
            var count = table.Take(User(1), Now, 16);
            Assert.Equal((Verdict.Taken, number, 100 - number), (count.Verdict, count.Used, count.Remaining));
        }

        var lacking = table.Take(User(1), Now, 16);
        Assert.Equal((Verdict.Lacking, 16, 0), (lacking.Verdict, lacking.Used, lacking.Remaining));
        table.Grant(User(1), lacking.Window, granted: 17, others: 70, spent: false);
        Assert.Equal((Verdict.Taken, 13), (table.Take(User(1), Now, 16).Verdict, 100 - 70 - 17));
        table.Grant(User(1), lacking.Window, granted: 17, others: 83, spent: true);
        Assert.Equal(Verdict.Spent, table.Take(User(1), Now, 16).Verdict);
    }

    [Fact]
    public void A_grant_for_a_window_that_is_over_changes_nothing()
    {
        var table = new CountTable(100, Minute);
        var window = table.Take(User(1), Now, 1).Window;
        table.Take(User(1), Now + Minute, 1);
        table.Grant(User(1), window, 50, 0, spent: false);
        Assert.Equal(Verdict.Lacking, table.Take(User(1), Now + Minute, 1).Verdict);
    }

    [Fact]
    public void A_frozen_caller_gets_no_more_even_where_it_was_never_seen()
    {
        var table = new CountTable(100, Minute);
        var window = table.Take(User(1), Now, 16).Window;
        Assert.Equal(1, table.Freeze(User(1), window, Now));
        Assert.Equal(Verdict.Lacking, table.Take(User(1), Now, 16).Verdict);
        var unseen = Enumerable.Range(2, 1_000).Select(User).First(user => table.Take(User(1), Now, 16).Window == new CountTable(100, Minute).Take(user, Now, 16).Window);
        Assert.Equal(0, table.Freeze(unseen, window, Now));
        Assert.Equal(Verdict.Lacking, table.Take(unseen, Now, 16).Verdict);
    }

    [Fact]
    public void A_node_whose_clock_is_behind_follows_the_others_by_one_window_and_no_further()
    {
        var table = new CountTable(100, Minute);
        var window = table.Take(User(1), Now, 16).Window;
        Assert.Equal(0, table.Freeze(User(1), window + 1, Now));
        Assert.Equal((Verdict.Lacking, window + 1), (table.Take(User(1), Now, 16).Verdict, table.Take(User(1), Now, 16).Window));
        Assert.Equal(0, table.Freeze(User(1), window + 3, Now));
        Assert.Equal(window + 1, table.Take(User(1), Now, 16).Window);
        Assert.Equal(0, table.Freeze(User(1), window, Now));
        Assert.Equal(window + 2, table.Take(User(1), Now + 2 * Minute, 16).Window);
    }

    [Fact]
    public void Windows_are_fixed_as_long_as_told_and_begin_at_other_times_for_other_callers()
    {
        var table = new CountTable(100, Minute);
        var ends = Enumerable.Range(0, 2_000).Select(number => table.Take(User(number), Now, 16).Ends - Now).ToList();
        Assert.All(ends, end => Assert.InRange(end, 1, Minute));
        Assert.InRange(ends.Distinct().Count(), 500, CountTable.Stripes);
        var (first, second) = (table.Take(User(1), Now, 16), table.Take(User(1), Now + Minute, 16));
        Assert.Equal((first.Window + 1, first.Ends + Minute, 1), (second.Window, second.Ends, second.Used));
    }

    [Fact]
    public void Every_node_has_the_same_windows()
    {
        var (one, other) = (new CountTable(100, Minute), new CountTable(100, Minute));
        for (var number = 0; number < 1_000; number++)
        {
            var (mine, theirs) = (one.Take(User(number), Now, 1), other.Take(User(number), Now + 1, 1));
            Assert.True(mine.Ends == theirs.Ends || mine.Ends == Now + 1, $"{mine} {theirs}");
        }
    }

    /// <summary>The table counts like a dictionary would.</summary>
    [Fact]
    public void Many_callers_are_counted_each_for_himself() =>
        Gen.Select(Gen.Int[0, 3_000], Gen.Int[0, 200]).Array[1, 4_000].Sample(
            steps =>
            {
                var table = new CountTable(1_000, Minute);
                var now = Now;
                var model = new Dictionary<(int, long), int>();
                foreach (var (user, later) in steps)
                {
                    now += later;
                    var count = table.Take(User(user), now, 1_000);
                    var expected = model[(user, count.Window)] = model.GetValueOrDefault((user, count.Window)) + 1;
                    Assert.Equal(expected, count.Used);
                }
            },
            iter: 20);

    [Fact]
    public void A_million_callers_that_come_once_take_little_memory_and_leave_with_their_window()
    {
        var table = new CountTable(200, Minute);
        for (var number = 0; number < 1_000_000; number++)
        {
            table.Take(User(number), Now, 200);
        }

        Assert.InRange(table.Places, 1_000_000, 3_000_000);
        Assert.InRange(table.Callers, 999_990, 1_000_000);
        for (var turn = 1; turn <= 12; turn++)
        {
            for (var number = 0; number < 20_000; number++)
            {
                table.Take(User(number), Now + turn * Minute, 200);
            }
        }

        Assert.InRange(table.Callers, 19_999, 20_000);
        Assert.InRange(table.Places, 20_000, 300_000);
    }

    private static CallerKey User(int number) => new($"user-{number}", IsUser: true);
}
