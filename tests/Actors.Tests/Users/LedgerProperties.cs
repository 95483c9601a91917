using CsCheck;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Users;
using Xunit;
using static WildNOut.Actors.Tests.Users.Somebody;

namespace WildNOut.Actors.Tests.Users;

/// <summary>What holds for points and deeds, in whatever order, however often and after whatever crash they are told.</summary>
public sealed class LedgerProperties
{
    private static readonly Gen<Deed> AnyDeed = Gen.Select(Gen.Int[0, 5], Gen.Int[1, 12], Gen.Int[0, 2], Gen.Int[1, 5]).Select((kind, source, day, rank) => kind switch
    {
        0 => new Deed(DeedKind.EntrySubmitted, $"e{source}", Now.AddDays(day)),
        1 => new Deed(DeedKind.BattleCompleted, $"b{source}", Now.AddDays(day), 1 + (source % 5)),
        2 => new Deed(DeedKind.ContentPublished, $"c{source}", Now.AddDays(day)),
        3 => new Deed(DeedKind.CommentCreated, $"c{source}", Now.AddDays(day)),
        // The day of a vote follows from the vote, as in the journal.
        _ => Vote(source + 12 * rank, Now.AddDays((source + rank) % 3)),
    });

    private static readonly Gen<IUserCommand> AnyCommand = Gen.Frequency(
        (6, AnyDeed.Array[1, 6].Select(deeds => (IUserCommand)new RecordDeeds(deeds))),
        (2, Gen.Select(Gen.Long[1, 400], Gen.Int[1, 8]).Select((amount, cause) => (IUserCommand)Award(amount, $"a{cause}"))),
        (2, Gen.Select(Gen.Long[1, 400], Gen.Int[1, 8]).Select((amount, cause) => (IUserCommand)Deduct(amount, $"d{cause}"))));

    [Fact]
    public void The_balance_is_the_sum_of_the_ledger_never_below_zero_and_the_level_follows_from_it() => AnyCommand.Array[0, 40].Sample(commands =>
    {
        var user = New();
        var (sum, level) = (0L, 1L);
        foreach (var happened in commands.SelectMany(command => user.When(command, Now).Decision.Events))
        {
            switch (happened)
            {
                case PointsAwarded e:
                    sum += e.Amount;
                    Assert.Equal(sum, e.Balance);
                    break;
                case PointsDeducted e:
                    sum -= e.Amount;
                    Assert.Equal(sum, e.Balance);
                    Assert.True(sum >= 0);
                    break;
                case LevelChanged e:
                    Assert.Equal(level, e.Before);
                    level = e.Level;
                    break;
            }
        }

        Assert.Equal((sum, Levels.Of(sum)), (user.State.Balance, level));
        Assert.True(Levels.Threshold(level) <= sum && sum < Levels.Threshold(level + 1));
    });

    [Fact]
    public void A_cause_changes_the_points_once() => AnyCommand.Array[0, 40].Sample(commands =>
    {
        var user = New();
        var causes = commands.SelectMany(command => user.When(command, Now).Decision.Events).Select(happened => happened switch
        {
            PointsAwarded e => e.Cause,
            PointsDeducted e => e.Cause,
            _ => null,
        }).OfType<string>().ToList();
        Assert.Equal(causes.Count, causes.Distinct().Count());
    });

    [Fact]
    public void Deeds_count_alike_in_any_order_however_often_they_are_told_in_whatever_bundles_and_after_any_crash() =>
        AnyDeed.Array[0, 40].SelectMany(
            deeds => Gen.Select(Gen.Shuffle((Deed[])[.. deeds, .. deeds, .. deeds.Take(20)]), Gen.Int[1, 7], Gen.Int[0, 20]),
            (deeds, told) => (deeds, told)).Sample((deeds, told) =>
        {
            var (shuffled, bundle, crash) = told;
            var once = New();
            once.When(new RecordDeeds(deeds), Now);

            var often = New();
            var journal = new List<IUserEvent> { Joined };
            var bundles = 0;
            foreach (var some in shuffled.Chunk(bundle))
            {
                journal.AddRange(often.When(new RecordDeeds(some), Now).Decision.Events.Select(Wire.RoundTrip));
                if (bundles++ == crash)
                {
                    // What was answered is lost, what was written is not.
                    often = Nobody().Given(journal);
                }
            }

            Assert.Equal(once.State.Counters, often.State.Counters);
            Assert.Equal(once.State.Balance, often.State.Balance);
            Assert.Equal(once.State.Counted.Order(), often.State.Counted.Order());
            Assert.Equal(once.State.VotePoints, often.State.VotePoints);
        });

    [Fact]
    public void A_thawed_snapshot_equals_the_state_and_replay_equals_both() => AnyCommand.Array[0, 30].Sample(commands =>
    {
        var user = New();
        var journal = new List<IUserEvent> { Joined };
        foreach (var command in commands)
        {
            journal.AddRange(user.When(command, Now).Decision.Events.Select(Wire.RoundTrip));
        }

        var thawed = Definition.Thaw(Id, Wire.RoundTrip(Definition.Freeze(user.State)));
        var frozen = Wire.Frozen(Definition.Freeze(user.State));
        Assert.Equal(frozen, Wire.Frozen(Definition.Freeze(thawed)));
        Assert.Equal(frozen, Wire.Frozen(Definition.Freeze(Nobody().Given(journal).State)));
    });

    [Fact]
    public void A_level_holds_what_lies_between_its_threshold_and_the_next() => Gen.Long[0, Levels.MostPoints].Sample(points =>
    {
        var view = Levels.View(points);
        Assert.Equal((Levels.Threshold(view.Level), Levels.Threshold(view.Level + 1)), (view.CurrentThreshold, view.NextThreshold));
        Assert.True(view.CurrentThreshold <= points && points < view.NextThreshold);
        Assert.InRange(view.Progress, 0, 99);
        Assert.Equal(view.NextThreshold, points + view.PointsToNextLevel);
    });
}
