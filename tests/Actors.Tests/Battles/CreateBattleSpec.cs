using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class CreateBattleSpec
{
    [Fact]
    public void A_battle_is_created_and_shown_to_its_creator()
    {
        var battle = Some.Battle();
        battle.When(Some.Create, Some.Created)
            .Then(Some.CreatedWith())
            .Replying(new BattleView(
                Some.BattleId, Some.Create.Title, Some.Create.Description, BattleType.WildStyle, BattleStatus.Upcoming, "creator", Some.Rules,
                Some.Start, Some.End, Some.VotingEnd, 0, 0, 0, 0, 1, Some.Created));
    }

    [Fact]
    public void Voting_lasts_24_hours_where_nothing_is_said()
    {
        var battle = Some.Battle();
        battle.When(Some.Create with { VotingEndTime = null }, Some.Created)
            .Then(Some.CreatedWith() with { VotingEndTime = Some.End.AddHours(24) });
    }

    [Fact]
    public void The_default_rules_are_those_of_the_platform()
    {
        Assert.Equal(Enum.GetValues<ContentType>(), Some.Rules.AllowedTypes);
        Assert.Equal(new Bounds(1, 5_000), Some.Rules.TextLimits);
        Assert.Null(Some.Rules.MaxEntries);
        Assert.False(Some.Rules.AllowSelfVote);
        Assert.Equal(new Bounds(1, 1), Some.Rules.VoteScale);
        Assert.Equal(VoteWeighting.Equal, Some.Rules.Weighting);
    }

    [Theory]
    [InlineData(-1, BattleStatus.Upcoming)]
    [InlineData(0, BattleStatus.Active)]
    [InlineData(1, BattleStatus.Active)]
    public void The_first_status_follows_from_the_clock(int millisecondsAfterStart, BattleStatus status)
    {
        var now = Some.Start.AddMilliseconds(millisecondsAfterStart);
        Some.Battle().When(Some.Create, now).Then(Some.CreatedWith(status: status, at: now));
    }

    [Fact]
    public void A_battle_may_still_be_created_one_millisecond_before_its_end()
    {
        var now = Some.End - Some.Tick;
        Some.Battle().When(Some.Create, now).Then(Some.CreatedWith(status: BattleStatus.Active, at: now));
    }

    [Fact]
    public void A_battle_that_would_be_over_at_once_is_refused() =>
        Some.Battle().When(Some.Create, Some.End).ThenFaultyFields("endTime");

    [Fact]
    public void White_space_around_title_and_description_goes()
    {
        Some.Battle().When(Some.Create with { Title = "  First battle\t", Description = "\nWho is the wildest? " }, Some.Created)
            .Then(Some.CreatedWith());
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public void A_title_has_3_to_120_characters_as_people_count_them(int length, bool accepted) =>
        Expect(Some.Create with { Title = Microphones(length) }, accepted, "title");

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public void A_description_has_1_to_2000_characters(int length, bool accepted) =>
        Expect(Some.Create with { Description = Microphones(length) }, accepted, "description");

    [Fact]
    public void White_space_is_no_title() => Expect(Some.Create with { Title = "a    " }, false, "title");

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void The_start_lies_before_the_end(int milliseconds, bool accepted) =>
        Expect(Some.Create with { StartTime = Some.End.AddMilliseconds(milliseconds) }, accepted, "endTime");

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void Voting_ends_after_the_end(int milliseconds, bool accepted) =>
        Expect(Some.Create with { VotingEndTime = Some.End.AddMilliseconds(milliseconds) }, accepted, "votingEndTime");

    [Fact]
    public void An_end_at_the_end_of_time_is_refused_where_voting_would_end_after_it() =>
        Some.Battle().When(Some.Create with { EndTime = DateTimeOffset.MaxValue, VotingEndTime = null }, Some.Created).ThenFaultyFields("votingEndTime");

    [Fact]
    public void Instants_are_kept_in_whole_milliseconds()
    {
        var finer = TimeSpan.FromTicks(1_234);
        Some.Battle()
            .When(Some.Create with { StartTime = Some.Start + finer, EndTime = Some.End + finer, VotingEndTime = Some.VotingEnd + finer }, Some.Created)
            .Then(Some.CreatedWith());
        var state = Some.Battle();
        state.When(Some.Create with { EndTime = Some.End + finer, VotingEndTime = null }, Some.Created);
        Assert.Equal((Some.End, Some.End.AddHours(24)), (state.State.EndTime, state.State.VotingEndTime));
    }

    [Fact]
    public void Tournaments_are_refused_with_their_field() =>
        Some.Battle().When(Some.Create with { Type = BattleType.Tournament }, Some.Created).ThenFaultyFields("type");

    [Theory]
    [InlineData(VoteWeighting.HolderTier)]
    [InlineData(VoteWeighting.Quadratic)]
    public void A_battle_may_weigh_votes_but_for_no_longer_than_holdings_are_remembered(VoteWeighting weighting)
    {
        ExpectRules(Some.Rules with { Weighting = weighting }, true, "rules.weighting");
        var longest = Some.Create with { Rules = Some.Rules with { Weighting = weighting }, VotingEndTime = Some.Created.AddDays(90) };
        Expect(longest, true, "votingEndTime");
        Expect(longest with { VotingEndTime = Some.Created.AddDays(90) + Some.Tick }, false, "votingEndTime");
        Expect(longest with { VotingEndTime = Some.Created.AddDays(900), Rules = null }, true, "votingEndTime");
        Assert.True(WildNOut.Actors.Wallets.HoldingsHistory.Reach >= BattleValidation.LongestWeighing);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(-1, 1, false)]
    [InlineData(5, 4, false)]
    [InlineData(5, 5, true)]
    [InlineData(1, 50_000, true)]
    [InlineData(1, 50_001, false)]
    public void Text_limits_are_sound(int min, int max, bool accepted) =>
        ExpectRules(Some.Rules with { TextLimits = new Bounds(min, max) }, accepted, "rules.textLimits");

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void The_number_of_entries_may_be_bounded(int most, bool accepted) =>
        ExpectRules(Some.Rules with { MaxEntries = most }, accepted, "rules.maxEntries");

    [Theory]
    [InlineData(-1_000, 1_000, true)]
    [InlineData(-1_001, 1, false)]
    [InlineData(1, 1_001, false)]
    [InlineData(2, 1, false)]
    [InlineData(-3, -3, true)]
    public void The_vote_scale_is_sound(int min, int max, bool accepted) =>
        ExpectRules(Some.Rules with { VoteScale = new Bounds(min, max) }, accepted, "rules.voteScale");

    [Fact]
    public void At_least_one_content_type_is_allowed_and_each_is_named_once()
    {
        ExpectRules(Some.Rules with { AllowedTypes = [] }, false, "rules.allowedTypes");
        ExpectRules(Some.Rules with { AllowedTypes = [ContentType.Text, ContentType.Text] }, false, "rules.allowedTypes");
        ExpectRules(Some.Rules with { AllowedTypes = [ContentType.Text] }, true, "rules.allowedTypes");
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var create = Some.Create with { Title = "x", Description = " ", EndTime = Some.Start, VotingEndTime = Some.Start, Rules = Some.Rules with { MaxEntries = 0 } };
        Some.Battle().When(create, Some.Created).ThenFaultyFields("title", "description", "endTime", "votingEndTime", "rules.maxEntries");
    }

    [Fact]
    public void A_second_creation_under_the_same_id_is_refused() =>
        Some.Upcoming().When(Some.Create, Some.Created).ThenRejected(RejectionKind.Conflict, "idempotency_mismatch");

    [Fact]
    public void A_battle_that_was_never_created_knows_nothing()
    {
        IBattleCommand[] commands =
        [
            new EditBattle(Some.Creator, null, "New title", null, null, null, null, null),
            new MoveBattle(Some.Admin, BattleStatus.Active),
            Some.Submit(),
            new ModerateEntry(Some.Moderator, Some.EntryId(1), true, null),
            new ViewEntry(Some.EntryId(1)),
            new RequestBallotPaper(),
            new CountBallot(new BallotCount(Some.BattleId, 0, 0, 0, [])),
            new AdvanceBattle(),
        ];
        foreach (var command in commands)
        {
            Some.Battle().When(command, Some.Created).ThenRejected(RejectionKind.NotFound, "not_found");
        }
    }

    private static void ExpectRules(BattleRules rules, bool accepted, string field) => Expect(Some.Create with { Rules = rules }, accepted, field);

    private static void Expect(CreateBattle create, bool accepted, string field)
    {
        var outcome = Some.Battle().When(create, Some.Created);
        if (accepted)
        {
            Assert.IsType<BattleView>(outcome.Reply);
        }
        else
        {
            outcome.ThenFaultyFields(field);
        }
    }

    /// <summary>A scalar value outside the basic plane is one character, though two UTF-16 units.</summary>
    private static string Microphones(int count) => string.Concat(Enumerable.Repeat("🎤", count));
}
