using CsCheck;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Notifications;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Wallets;
using Xunit;

namespace WildNOut.Actors.Tests.Notifications;

/// <summary>What holds for notifications whatever is sent again, in whatever order, and wherever the entity falls in between.</summary>
public sealed class InboxProperties
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly InboxDefinition Definition = new();

    /// <summary>A command of a few kinds, the minutes until it comes, and whether the entity falls and comes back before it.</summary>
    private static readonly Gen<(IInboxCommand Command, int Minutes, bool Falls)[]> Lives = Gen.Select(
        Gen.Frequency(
            (8, Gen.Select(Gen.Int[0, 40], Gen.Int[0, 200]).Select((n, age) => (IInboxCommand)new Notify((NotificationKind)(n % 3), $"{n}", $"{n}", new NotificationData { Rank = n }, Start.AddDays(n - age / 100d)))),
            (2, Gen.Int[0, 40].Array[1, 5].Select(some => (IInboxCommand)new MarkRead([.. some.Select(n => InboxDecider.IdOf("ann", $"{n}"))]))),
            (1, Gen.Const((IInboxCommand)new MarkAllRead())),
            (1, Gen.Int[0, 2].Array[0, 2].Select(off => (IInboxCommand)new SetPreferences([.. off.Select(n => (NotificationKind)n)])))),
        Gen.Frequency((8, Gen.Int[0, 600]), (1, Gen.Int[0, 60 * 24 * 40])),
        Gen.Int[0, 9].Select(n => n == 0)).Array[0, 120];

    [Fact]
    public void The_unread_count_is_that_of_the_rows_that_the_events_make() => Lives.Sample(life =>
    {
        var (state, events, now) = Live(life);
        var rows = Rows(events);
        Assert.Equal(rows.Count(row => !row.Read && row.CreatedAt > now - InboxState.Retention), state.UnreadAt(now));
    });

    [Fact]
    public void Whatever_falls_in_between_replay_and_snapshots_give_the_living_state() => Lives.Sample(life =>
    {
        var (state, events, _) = Live(life);
        var replayed = events.Aggregate(Definition.Empty("ann"), Definition.Evolve);
        Assert.Equal(Wire.Frozen(InboxSnapshot.Of(state)), Wire.Frozen(InboxSnapshot.Of(replayed)));
    });

    [Fact]
    public void The_same_is_kept_once_within_its_90_days() => Lives.Sample(life =>
    {
        var (_, events, _) = Live(life);
        foreach (var same in events.OfType<NotificationAdded>().GroupBy(added => added.Id))
        {
            Assert.All(same.Zip(same.Skip(1)), pair => Assert.True(pair.Item2.At - pair.Item1.CreatedAt >= InboxState.Retention));
        }
    });

    [Fact]
    public void Everybody_hears_once_of_each_thing_whatever_is_delivered_again_and_in_whatever_order() =>
        Gen.Select(Gen.Int[0, 5].Array[0, 60], Gen.Int[0, 10_000]).Sample((again, seed) =>
        {
            var happened = Story();
            var commands = happened.SelectMany(Policies).ToList();
            var delivered = commands.Concat(again.SelectMany(n => happened.Skip(n).Take(1)).SelectMany(Policies)).ToArray();
            new Random(seed).Shuffle(delivered);

            var inboxes = new Dictionary<string, Scenario<InboxState, IInboxCommand, IInboxEvent>>();
            var heard = new List<(string User, string Title)>();
            foreach (var (to, command) in delivered)
            {
                var inbox = inboxes.TryGetValue(to.EntityId, out var there) ? there : inboxes[to.EntityId] = new(Definition, to.EntityId);
                heard.AddRange(inbox.When((IInboxCommand)command, Start.AddDays(1)).Decision.Events.OfType<NotificationAdded>().Select(added => (to.EntityId, added.Title)));
            }

            Assert.Equal(
                [
                    ("ann", "A moderator approved your entry."),
                    ("ann", "Your battle has its results: you are number 1 of 2."),
                    ("bob", "You hold none of the token any more."),
                    ("bob", "Your battle has its results: you are number 2 of 2."),
                    ("bob", "Your holder tier is now gold."),
                    ("bob", "Your holder tier is now gold."),
                    ("cid", "A moderator rejected your entry."),
                ],
                heard.OrderBy(line => line.User, StringComparer.Ordinal).ThenBy(line => line.Title, StringComparer.Ordinal));
        });

    [Fact]
    public void What_moderators_and_results_say_is_in_the_data()
    {
        var data = Story().SelectMany(Policies).Select(sent => (sent.To.EntityId, ((Notify)sent.Command).Data)).ToList();
        Assert.Equal(
            [
                ("ann", new NotificationData { BattleId = Battle, EntryId = Entry(1), Status = "approved" }),
                ("cid", new NotificationData { BattleId = Battle, EntryId = Entry(3), Status = "rejected", Reason = "spam" }),
                ("ann", new NotificationData { BattleId = Battle, EntryId = Entry(1), Rank = 1, Of = 2 }),
                ("bob", new NotificationData { BattleId = Battle, EntryId = Entry(2), Rank = 2, Of = 2 }),
                ("bob", new NotificationData { Tier = "gold", TierBefore = "none" }),
                ("bob", new NotificationData { Tier = "none", TierBefore = "gold" }),
                ("bob", new NotificationData { Tier = "gold", TierBefore = "none" }),
            ],
            data);
    }

    [Fact]
    public void An_entry_that_was_judged_before_rows_said_whose_it_is_tells_nobody() =>
        Assert.Empty(Policies(new JournalEvent(1, "battle:1", 1, 0, new EntryModeratedV1(Battle, Entry(1), ModerationStatus.Approved, null, "mod", Start).Upcast())));

    private static Guid Battle { get; } = Guid.Parse("01930000-0000-7000-8000-000000000001");

    private static Guid Entry(int n) => Guid.Parse($"01930000-0000-7000-8000-0000000001{n:00}");

    private static JournalEvent[] Story()
    {
        IEvent[] battle =
        [
            new EntryModerated(Battle, Entry(1), "ann", ModerationStatus.Approved, null, "mod", Start),
            new EntryModerated(Battle, Entry(3), "cid", ModerationStatus.Rejected, "spam", "mod", Start),
            new BattleCompleted(Battle, new BattleResults(Battle, Start, [new(1, Entry(1), "ann", 5, 5), new(2, Entry(2), "bob", 3, 3)]), Start),
        ];
        IEvent[] wallets =
        [
            new HolderTierChanged("bob", HolderTier.Gold, HolderTier.None, Start),
            new HolderTierChanged("bob", HolderTier.None, HolderTier.Gold, Start),
            new HolderTierChanged("bob", HolderTier.Gold, HolderTier.None, Start),
        ];
        return
        [
            .. battle.Select((happened, n) => new JournalEvent(n, $"battle:{Battle}", n, 0, happened)),
            .. wallets.Select((happened, n) => new JournalEvent(9 + n, "wallets:bob", n, 0, happened)),
        ];
    }

    private static IEnumerable<(EntityAddress To, ICommand Command)> Policies(JournalEvent happened) =>
        new NotificationsSetup().Policies.SelectMany(policy => policy.React(happened)).Select(sent => (sent.To, sent.Command));

    private static (InboxState State, List<IInboxEvent> Events, DateTimeOffset Now) Live((IInboxCommand Command, int Minutes, bool Falls)[] life)
    {
        var (state, now) = (Definition.Empty("ann"), Start);
        List<IInboxEvent> events = [];
        foreach (var (command, minutes, falls) in life)
        {
            now = now.AddMinutes(minutes);
            if (falls)
            {
                state = Definition.Thaw("ann", Wire.RoundTrip((InboxSnapshot)Definition.Freeze(state)));
            }

            foreach (var happened in Definition.Decide(state, command, now).Events)
            {
                state = Definition.Evolve(state, happened);
                events.Add(happened);
            }
        }

        return (state, events, now);
    }

    private static IEnumerable<(DateTimeOffset CreatedAt, bool Read)> Rows(List<IInboxEvent> events)
    {
        var rows = new Dictionary<Guid, (DateTimeOffset CreatedAt, bool Read)>();
        foreach (var happened in events)
        {
            switch (happened)
            {
                case NotificationAdded added:
                    rows[added.Id] = (added.CreatedAt, false);
                    break;
                case NotificationsRead read:
                    read.Ids.ToList().ForEach(id => rows[id] = (rows[id].CreatedAt, true));
                    break;
                case AllNotificationsRead:
                    rows.Keys.ToList().ForEach(id => rows[id] = (rows[id].CreatedAt, true));
                    break;
                case NotificationsLetGo gone:
                    rows.Where(row => row.Value.CreatedAt <= gone.UpTo).ToList().ForEach(row => rows.Remove(row.Key));
                    break;
            }
        }

        return rows.Values;
    }
}
