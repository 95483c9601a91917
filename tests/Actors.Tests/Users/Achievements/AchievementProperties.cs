using CsCheck;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using Xunit;

namespace WildNOut.Actors.Tests.Users.Achievements;

/// <summary>What must hold of achievements however deeds come: twice, out of order, cut off by crashes.</summary>
public sealed class AchievementProperties
{
    private static readonly AchievementCatalogue Catalogue = new(
    [
        .. from criterion in Enum.GetValues<Criterion>()
           from threshold in new[] { 1, 2, 3, 5, 8 }
           select new Achievement($"{Criteria.Name(criterion)}-{threshold}", "Name", "Description", "tests", threshold, threshold == 8, criterion, threshold),
    ]);

    /// <summary>Few sources, so that deeds come again; all that a deed says follows from kind and source, as it does in life.</summary>
    private static readonly Gen<Deed> Deeds = Gen.Select(Gen.Enum<DeedKind>(), Gen.Int[0, 11], (kind, n) => kind switch
    {
        DeedKind.BattleCompleted => new Deed(kind, $"{n}", Account.Now, Rank: n % 4 == 3 ? null : (n % 3) + 1),
        DeedKind.TokensHeld => new Deed(kind, $"{n}", Account.Now, Tokens: n),
        DeedKind.DaySeen => new Deed(kind, $"{n}", Account.Now.AddDays(n)),
        _ => new Deed(kind, $"{n}", Account.Now),
    });

    private static readonly Gen<(Deed[] Deeds, Way Way)[]> Deliveries =
        Gen.Select(Deeds.Array[1, 4], Gen.Enum<Way>(), (deeds, way) => (deeds, way)).Array[0, 60];

    /// <summary>What becomes of a delivery.</summary>
    private enum Way
    {
        Arrives,
        ArrivesTwice,
        IsLostInACrash,
        ArrivesBeforeARestart,
        ArrivesBeforeASnapshot,
    }

    [Fact]
    public void Each_deed_advances_its_criterion_once_whatever_is_sent_again_lost_or_out_of_order() => Deliveries.Sample(deliveries =>
    {
        var account = Deliver(deliveries);
        var once = deliveries.SelectMany(delivery => delivery.Deeds).Distinct().OrderBy(deed => deed.At).Aggregate(Counters.None, (counters, deed) => counters.After(deed));
        Assert.Equal(Account.Text(once), Account.Text(account.State.Counters));
    });

    [Fact]
    public void What_is_reached_is_earned_and_nothing_else_and_nothing_twice() => Deliveries.Sample(deliveries =>
    {
        var account = Deliver(deliveries);
        var reached = Catalogue.All.Where(achievement => account.State.Progress.Best(achievement.Criterion) >= achievement.Threshold).Select(achievement => achievement.Id);
        Assert.Equal(reached.Order(StringComparer.Ordinal), account.Earned.Order(StringComparer.Ordinal));
        Assert.Empty(account.Owed);
    });

    [Fact]
    public void Points_come_with_each_achievement_once_and_the_balance_is_the_sum_of_the_ledger() => Deliveries.Sample(deliveries =>
    {
        var account = Deliver(deliveries);
        Assert.Equal(
            account.Of<AchievementEarned>().Select(earned => ($"achievement:{earned.AchievementId}", earned.Points)),
            account.Of<PointsAwarded>().Where(change => change.Reason == "achievement").Select(change => (change.Cause, change.Amount)));
        Assert.Equal(account.State.Balance, account.Of<PointsAwarded>().Sum(change => change.Amount));
    });

    [Fact]
    public void A_replay_and_a_snapshot_come_to_the_same_user() => Deliveries.Sample(deliveries =>
    {
        var account = Deliver(deliveries);
        var live = (Account.Text(account.State.Counters), account.State.Balance, Describe(account.State));
        account.Restart();
        Assert.Equal(live, (Account.Text(account.State.Counters), account.State.Balance, Describe(account.State)));
        account.Thaw();
        Assert.Equal(live, (Account.Text(account.State.Counters), account.State.Balance, Describe(account.State)));
    });

    [Fact]
    public void Other_definitions_take_nothing_away_and_find_the_progress_of_before() =>
        Gen.Select(Deliveries, Gen.Shuffle(Catalogue.All.ToArray()), Gen.Int[0, Catalogue.All.Count]).Sample((deliveries, shuffled, some) =>
        {
            var (first, second) = (new AchievementCatalogue(shuffled[..some]), new AchievementCatalogue(shuffled[(some / 2)..]));
            var account = Deliver(deliveries, first);
            var before = account.Earned;
            account.Restart(second);
            foreach (var owed in account.Owed)
            {
                account.Send((IUserCommand)owed.Command);
            }

            var reached = second.All.Where(achievement => account.State.Progress.Best(achievement.Criterion) >= achievement.Threshold).Select(achievement => achievement.Id);
            Assert.Equal(before.Union(reached).Order(StringComparer.Ordinal), account.Earned.Order(StringComparer.Ordinal));
            Assert.Equal(account.State.Balance, account.Of<PointsAwarded>().Sum(change => change.Amount));
        });

    [Fact]
    public void Steps_that_are_told_only_ever_rise_below_the_threshold() => Deliveries.Sample(deliveries =>
    {
        foreach (var told in Deliver(deliveries).Of<AchievementProgressed>().Where(step => !step.AchievementId.StartsWith("login", StringComparison.Ordinal)).GroupBy(step => step.AchievementId))
        {
            var values = told.Select(step => step.Current).ToList();
            Assert.Equal(values.Distinct().Order(), values);
            Assert.All(told, step => Assert.InRange(step.Current, 1, step.Threshold - 1));
            Assert.False(Catalogue.Find(told.Key)!.Hidden);
        }
    });

    private static Account Deliver((Deed[] Deeds, Way Way)[] deliveries, AchievementCatalogue? catalogue = null)
    {
        var account = new Account(catalogue ?? Catalogue);
        List<Deed[]> again = [];
        foreach (var (deeds, way) in deliveries)
        {
            if (way == Way.IsLostInACrash)
            {
                account.Crash(deeds);
                again.Add(deeds);
                continue;
            }

            account.Did(deeds);
            if (way == Way.ArrivesTwice)
            {
                account.Did(deeds);
            }
            else if (way == Way.ArrivesBeforeARestart)
            {
                account.Restart();
            }
            else if (way == Way.ArrivesBeforeASnapshot)
            {
                account.Thaw();
            }
        }

        again.Reverse();
        again.ForEach(deeds => account.Did(deeds));
        return account;
    }

    private static string Describe(UserState state) => string.Join(' ', state.Earned.Values.OrderBy(earned => earned.Id, StringComparer.Ordinal));
}
