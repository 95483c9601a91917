using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Actors.Battles;

/// <summary>What subscribers of <c>battles</c> and <c>battle:{id}</c> are told.</summary>
internal static class BattleAnnouncements
{
    /// <summary>Life-cycle events of all battles.</summary>
    public const string AllBattles = "battles";

    /// <summary>The channel of one battle.</summary>
    public static string ChannelOf(Guid battleId) => $"battle:{battleId:D}";

    public static IEnumerable<Announcement> Of(BattleState state, IBattleEvent @event) => @event switch
    {
        BattleCreated => LifeCycle(state, "battle.created", @event),
        BattleUpdated => LifeCycle(state, "battle.updated", @event),
        BattleActivated => LifeCycle(state, "battle.activated", @event),
        BattleVotingStarted => LifeCycle(state, "battle.voting_started", @event),
        BattleCancelled => LifeCycle(state, "battle.cancelled", @event),
        BattleCompleted completed =>
        [
            TallyOf(state, @event.At),
            .. LifeCycle(state, "battle.completed", @event),
            Own("battle.results", @event, completed.Results, BattlesJson.Default.BattleResults),
        ],
        EntrySubmitted entry => [Own("battle.new_entry", @event, BattleViews.View(state, state.Entries[entry.EntryId]), BattlesJson.Default.EntryView)],
        EntryModerated entry => [Own("battle.entry_moderated", @event, BattleViews.View(state, state.Entries[entry.EntryId]), BattlesJson.Default.EntryView)],
        _ => [],
    };

    public static Announcement TallyOf(BattleState state, DateTimeOffset at) =>
        Announcement.Of(ChannelOf(state.Id), "battle.vote", at, BattleViews.Tally(state), BattlesJson.Default.Tally, foldKey: "tally");

    private static Announcement[] LifeCycle(BattleState state, string type, IBattleEvent @event)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(BattleViews.View(state), BattlesJson.Default.BattleView);
        return
        [
            new Announcement(AllBattles, type, @event.At, data),
            new Announcement(ChannelOf(state.Id), type, @event.At, data),
        ];
    }

    private static Announcement Own<T>(string type, IBattleEvent @event, T data, JsonTypeInfo<T> json) =>
        Announcement.Of(ChannelOf(@event.BattleId), type, @event.At, data, json);
}
