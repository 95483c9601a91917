using WildNOut.Actors.Limits;
using Xunit;

namespace WildNOut.Actors.Tests.Limits;

public sealed class LockOutRulesSpec
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Failures_count_from_the_first_one_on_and_then_anew()
    {
        var failures = LockOutRules.Add(null, Start);
        failures = LockOutRules.Add(failures, Start.AddMinutes(14));
        Assert.Equal(new Failures(2, Start), failures);
        Assert.Equal(new Failures(1, Start.AddMinutes(15)), LockOutRules.Add(failures, Start.AddMinutes(15)));
    }

    [Fact]
    public void The_fifth_failure_locks_out_for_the_rest_of_the_quarter_of_an_hour()
    {
        Failures? failures = null;
        for (var number = 1; number <= 5; number++)
        {
            Assert.Null(LockOutRules.Until(failures is null ? [] : [failures], 5, Start.AddMinutes(number)));
            failures = LockOutRules.Add(failures, Start.AddMinutes(number));
        }

        Assert.Equal(Start.AddMinutes(16), LockOutRules.Until([failures!], 5, Start.AddMinutes(6)));
        Assert.Equal(Start.AddMinutes(16), LockOutRules.Until([failures!], 5, Start.AddMinutes(16).AddMilliseconds(-1)));
        Assert.Null(LockOutRules.Until([failures!], 5, Start.AddMinutes(16)));
    }

    [Fact]
    public void Failures_on_different_nodes_count_together_while_they_count()
    {
        Failures[] nodes = [new(3, Start), new(2, Start.AddMinutes(10))];
        Assert.Equal(Start.AddMinutes(15), LockOutRules.Until(nodes, 5, Start.AddMinutes(11)));
        Assert.Null(LockOutRules.Until(nodes, 5, Start.AddMinutes(15)));
        Assert.Null(LockOutRules.Until(nodes, 6, Start.AddMinutes(11)));
    }
}
