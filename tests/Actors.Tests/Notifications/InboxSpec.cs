using System.Text;
using WildNOut.Actors.Notifications;
using WildNOut.Actors.Tests.Battles;
using Xunit;

namespace WildNOut.Actors.Tests.Notifications;

public sealed class InboxSpec
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly NotificationData Data = new() { Rank = 2, Of = 3 };

    [Fact]
    public void A_notification_comes_in_is_counted_and_is_read()
    {
        var inbox = Empty();
        inbox.When(Told("a"), Now).Then(Added("a")).Replying(new UnreadCount(1));
        inbox.When(Told("b"), Now).Then(Added("b")).Replying(new UnreadCount(2));
        inbox.When(new MarkRead([Id("a"), Id("a"), Id("unknown")]), Now).Then(new NotificationsRead("ann", [Id("a")], Now)).Replying(new UnreadCount(1));
        inbox.When(new MarkRead([Id("a")]), Now).ThenNothingHappens().Replying(new UnreadCount(1));
        inbox.When(new MarkAllRead(), Now).Then(new AllNotificationsRead("ann", Now)).Replying(new UnreadCount(0));
        inbox.When(new MarkAllRead(), Now).ThenNothingHappens().Replying(new UnreadCount(0));
        Assert.Equal(0, Unread(inbox, Now));
    }

    [Fact]
    public void What_comes_twice_is_kept_once_also_when_it_was_read_meanwhile()
    {
        var inbox = Empty().Given(Added("a"), new AllNotificationsRead("ann", Now));
        inbox.When(Told("a") with { CreatedAt = Now.AddMinutes(5) }, Now.AddMinutes(6)).ThenNothingHappens().Replying(new UnreadCount(0));
    }

    [Fact]
    public void The_same_words_for_another_user_are_another_notification() => Assert.NotEqual(InboxDecider.IdOf("ann", "a"), InboxDecider.IdOf("anna", ""));

    [Fact]
    public void An_id_never_changes_for_it_is_how_a_repeat_is_known() =>
        Assert.Equal(Guid.Parse("0f57103d-6cd6-857d-8e3b-82f965c9a0ff"), InboxDecider.IdOf("ann", "battle.completed:01930000-0000-7000-8000-000000000001"));

    [Fact]
    public void A_kind_that_is_switched_off_is_not_kept_and_others_are()
    {
        var inbox = Empty();
        inbox.When(new SetPreferences([NotificationKind.HolderTierChanged, NotificationKind.BattleCompleted, NotificationKind.BattleCompleted]), Now)
            .Then(new PreferencesSet("ann", [NotificationKind.BattleCompleted, NotificationKind.HolderTierChanged], Now))
            .Replying(new InboxPreferences([NotificationKind.BattleCompleted, NotificationKind.HolderTierChanged]));
        inbox.When(Told("a"), Now).ThenNothingHappens().Replying(new UnreadCount(0));
        inbox.When(Told("b") with { Kind = NotificationKind.EntryModerated }, Now).Replying(new UnreadCount(1));
        inbox.When(new SetPreferences([NotificationKind.HolderTierChanged, NotificationKind.BattleCompleted]), Now).ThenNothingHappens();
        inbox.When(new SetPreferences([]), Now).Then(new PreferencesSet("ann", [], Now));
        inbox.When(Told("c"), Now).Replying(new UnreadCount(2));
        Assert.Empty(inbox.Asked<InboxPreferences>(new GetPreferences(), Now).Off);
    }

    [Fact]
    public void After_90_days_a_notification_is_gone_and_its_repeat_comes_too_late()
    {
        var inbox = Empty().Given(Added("a"), Added("b", Now.AddDays(1)));
        Assert.Equal(2, Unread(inbox, Now.AddDays(90).AddMilliseconds(-1)));
        Assert.Equal(1, Unread(inbox, Now.AddDays(90)));
        inbox.When(new MarkRead([Id("a")]), Now.AddDays(90)).ThenNothingHappens().Replying(new UnreadCount(1));
        inbox.When(Told("a"), Now.AddDays(90)).ThenNothingHappens();
        inbox.When(Told("c") with { CreatedAt = Now.AddDays(90) }, Now.AddDays(90)).Replying(new UnreadCount(2));
        Assert.Equal([Id("b"), Id("c")], inbox.State.Kept.Keys.OrderBy(id => id == Id("c")));
    }

    [Fact]
    public void The_oldest_make_room_a_hundred_at_a_time_and_do_not_come_back()
    {
        var inbox = Empty();
        for (var n = 0; n < 1_099; n++)
        {
            inbox.When(At(n), Now.AddDays(1)).Then(Added($"{n}", Now.AddSeconds(n)) with { At = Now.AddDays(1) });
        }

        inbox.When(At(1_099), Now.AddDays(1))
            .Then(Added("1099", Now.AddSeconds(1_099)) with { At = Now.AddDays(1) }, new NotificationsLetGo("ann", Now.AddSeconds(99), Now.AddDays(1)))
            .Replying(new UnreadCount(1_000));
        inbox.When(At(99), Now.AddDays(1)).ThenNothingHappens();
        inbox.When(At(100), Now.AddDays(1)).ThenNothingHappens();
        Assert.Equal(1_000, inbox.State.Kept.Count);
        Assert.InRange(Encoding.UTF8.GetByteCount(Wire.Json(InboxSnapshot.Of(inbox.State))), 1, 150_000);

        static Notify At(int n) => Told($"{n}") with { CreatedAt = Now.AddSeconds(n) };
    }

    [Fact]
    public void An_emptied_inbox_keeps_nothing_and_takes_nothing_older()
    {
        var inbox = Empty().Given(Added("a"));
        inbox.When(new EmptyInbox(), Now.AddHours(1)).Then(new NotificationsLetGo("ann", Now.AddHours(1), Now.AddHours(1))).Replying(new UnreadCount(0));
        inbox.When(Told("b"), Now.AddHours(2)).ThenNothingHappens();
        inbox.When(Told("c") with { CreatedAt = Now.AddHours(2) }, Now.AddHours(2)).Replying(new UnreadCount(1));
    }

    [Fact]
    public void Time_does_not_go_back_when_the_clock_does()
    {
        var inbox = Empty().Given(Added("a"), Added("b", Now.AddDays(89)) with { At = Now.AddDays(90) });
        inbox.When(Told("a"), Now.AddDays(1)).ThenNothingHappens().Replying(new UnreadCount(1));
        inbox.When(new MarkAllRead(), Now).Then(new AllNotificationsRead("ann", Now.AddDays(90)));
    }

    [Fact]
    public void The_user_is_told_of_what_comes_in_and_of_what_is_read_with_the_unread_count()
    {
        var definition = new InboxDefinition();
        var state = definition.Empty("ann");
        var told = new List<string>();
        foreach (IInboxEvent happened in new IInboxEvent[]
        {
            Added("a"), Added("b"), new NotificationsRead("ann", [Id("a")], Now), new AllNotificationsRead("ann", Now), new PreferencesSet("ann", [], Now), new NotificationsLetGo("ann", Now, Now),
        })
        {
            state = definition.Evolve(state, happened);
            told.AddRange(definition.Announce(state, happened).Select(news => $"{news.Channel} {news.Type} {Encoding.UTF8.GetString(news.Data.Span)}"));
        }

        Assert.Equal(
            [
                $$$"""user:ann notification {"notification":{"id":"{{{Id("a")}}}","kind":"battleCompleted","title":"T","data":{"rank":2,"of":3},"createdAt":"2026-03-01T12:00:00.000Z","readAt":null},"unread":1}""",
                $$$"""user:ann notification {"notification":{"id":"{{{Id("b")}}}","kind":"battleCompleted","title":"T","data":{"rank":2,"of":3},"createdAt":"2026-03-01T12:00:00.000Z","readAt":null},"unread":2}""",
                $$"""user:ann notification.read {"ids":["{{Id("a")}}"],"unread":1}""",
                """user:ann notification.read {"ids":null,"unread":0}""",
            ],
            told);
    }

    internal static Notify Told(string once) => new(NotificationKind.BattleCompleted, once, "T", Data, Now);

    internal static NotificationAdded Added(string once, DateTimeOffset? at = null) =>
        new("ann", Id(once), NotificationKind.BattleCompleted, "T", Data, at ?? Now, at ?? Now);

    internal static Scenario<InboxState, IInboxCommand, IInboxEvent> Empty() => new(new InboxDefinition(), "ann");

    private static Guid Id(string once) => InboxDecider.IdOf("ann", once);

    private static int Unread(Scenario<InboxState, IInboxCommand, IInboxEvent> inbox, DateTimeOffset at) => inbox.Asked<UnreadCount>(new GetUnread(), at).Unread;
}
