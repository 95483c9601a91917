using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class SubmitEntrySpec
{
    private static readonly DateTimeOffset Now = Some.Start.AddMinutes(5);

    private static readonly BattleRules FourToSix = Some.Rules with { TextLimits = new Bounds(4, 6) };

    [Fact]
    public void An_entry_is_taken_and_shown()
    {
        var content = Some.Text("some words");
        Some.Active().When(Some.Submit(content: content), Now)
            .Then(new EntrySubmitted(Some.BattleId, Some.EntryId(1), "a", content, Now))
            .Replying(new EntryView(
                Some.EntryId(1), Some.BattleId, "a", content, new EntryModeration(ModerationStatus.Pending), new EntryMetrics(0, 0, 0, 0), null, Now));
    }

    [Fact]
    public void The_creator_may_enter_too() =>
        Some.Active().When(Some.Submit(Some.Creator.UserId), Now)
            .Then(new EntrySubmitted(Some.BattleId, Some.EntryId(1), "creator", Some.Text("some words"), Now));

    [Fact]
    public void Entries_are_taken_while_the_battle_is_active_only()
    {
        foreach (var battle in new[] { Some.Upcoming(), Some.Voting(0), Some.Counting(), Some.Completed(), Some.Cancelled() })
        {
            battle.When(Some.Submit("newcomer"), Some.Start - Some.Tick).ThenRejected(RejectionKind.Conflict, "battle_not_accepting_entries");
        }
    }

    [Fact]
    public void An_entry_is_taken_until_one_millisecond_before_the_end() =>
        Some.Active().When(Some.Submit(), Some.End - Some.Tick)
            .Then(new EntrySubmitted(Some.BattleId, Some.EntryId(1), "a", Some.Text("some words"), Some.End - Some.Tick));

    [Fact]
    public void A_user_enters_once() =>
        Some.Active().Given(Some.Entered(1)).When(Some.Submit() with { EntryId = Some.EntryId(2) }, Now)
            .ThenRejected(RejectionKind.Conflict, "already_entered");

    [Fact]
    public void A_user_whose_entry_was_rejected_enters_no_second_time() =>
        Some.Active().Given(Some.Entered(1), new EntryModerated(Some.BattleId, Some.EntryId(1), "user-1", ModerationStatus.Rejected, "spam", "moderator", Now))
            .When(Some.Submit() with { EntryId = Some.EntryId(2) }, Now)
            .ThenRejected(RejectionKind.Conflict, "already_entered");

    [Fact]
    public void User_ids_differ_by_case() =>
        Some.Active().Given(Some.Entered(1)).When(Some.Submit("A") with { EntryId = Some.EntryId(2) }, Now)
            .Then(new EntrySubmitted(Some.BattleId, Some.EntryId(2), "A", Some.Text("some words"), Now));

    [Fact]
    public void A_battle_takes_as_many_entries_as_its_rules_say()
    {
        var battle = Some.Active(Some.Rules with { MaxEntries = 2 }).Given(Some.Entered(1));
        battle.When(Some.Submit("b") with { EntryId = Some.EntryId(2) }, Now)
            .Then(new EntrySubmitted(Some.BattleId, Some.EntryId(2), "b", Some.Text("some words"), Now));
        battle.When(Some.Submit("c") with { EntryId = Some.EntryId(3) }, Now).ThenRejected(RejectionKind.Conflict, "battle_full");
    }

    [Fact]
    public void A_rejected_entry_keeps_its_place()
    {
        var battle = Some.Active(Some.Rules with { MaxEntries = 1 }).Given(
            Some.Entered(1), new EntryModerated(Some.BattleId, Some.EntryId(1), "user-1", ModerationStatus.Rejected, "spam", "moderator", Now));
        battle.When(Some.Submit("b") with { EntryId = Some.EntryId(2) }, Now).ThenRejected(RejectionKind.Conflict, "battle_full");
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void A_text_is_measured_in_characters_as_people_count_them(int length, bool accepted) =>
        Expect(FourToSix, Some.Text(string.Concat(Enumerable.Repeat("🔥", length))), accepted, "content.text");

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(5_000, true)]
    [InlineData(5_001, false)]
    public void A_text_has_1_to_5000_characters_where_nothing_is_said(int length, bool accepted) =>
        Expect(Some.Rules, Some.Text(new string('x', length)), accepted, "content.text");

    [Fact]
    public void A_text_that_may_be_empty_must_still_be_there()
    {
        var rules = Some.Rules with { TextLimits = new Bounds(0, 10) };
        Expect(rules, Some.Text(""), true, "content.text");
        Expect(rules, new EntryContent(ContentType.Text), false, "content.text");
    }

    [Fact]
    public void Only_the_allowed_types_are_taken()
    {
        var rules = Some.Rules with { AllowedTypes = [ContentType.Image, ContentType.Text] };
        Expect(rules, Some.Text("some words"), true, "content.type");
        Expect(rules, new EntryContent(ContentType.Video, null, "uploads/a/1.mp4"), false, "content.type");
    }

    [Theory]
    [InlineData(ContentType.Image)]
    [InlineData(ContentType.Audio)]
    [InlineData(ContentType.Video)]
    public void A_medium_comes_with_its_upload_and_without_text(ContentType type)
    {
        Expect(Some.Rules, new EntryContent(type, null, "uploads/a/1"), true, "");
        Expect(Some.Rules, new EntryContent(type), false, "content.mediaKey");
        Expect(Some.Rules, new EntryContent(type, "words", "uploads/a/1"), false, "content.text");
    }

    [Fact]
    public void A_mixed_entry_has_both()
    {
        Expect(Some.Rules, new EntryContent(ContentType.Mixed, "words", "uploads/a/1"), true, "");
        Expect(Some.Rules, new EntryContent(ContentType.Mixed, "words"), false, "content.mediaKey");
        Expect(Some.Rules, new EntryContent(ContentType.Mixed, null, "uploads/a/1"), false, "content.text");
    }

    [Fact]
    public void A_text_has_no_upload() => Expect(Some.Rules, new EntryContent(ContentType.Text, "words", "uploads/a/1"), false, "content.mediaKey");

    [Fact]
    public void An_upload_that_was_not_checked_is_refused() =>
        Some.Active().When(Some.Submit(content: new EntryContent(ContentType.Image, null, "uploads/b/1")), Now)
            .ThenRejected(RejectionKind.Unprocessable, "media_rejected");

    private static void Expect(BattleRules rules, EntryContent content, bool accepted, string field)
    {
        var outcome = Some.Active(rules).When(Some.Submit(content: content, mediaVerified: true), Now);
        if (accepted)
        {
            outcome.Then(new EntrySubmitted(Some.BattleId, Some.EntryId(1), "a", content, Now));
        }
        else
        {
            outcome.ThenFaultyFields(field);
        }
    }
}
