using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Users.Achievements;

namespace WildNOut.Actors.Users;

/// <summary>One user: who they are, what they did, and what it earned them.</summary>
/// <param name="rules">What deeds earn.</param>
/// <param name="achievements">What can be achieved; null for nothing.</param>
public sealed class UserDefinition(PointRules rules, AchievementCatalogue? achievements = null) : EntityDefinition<UserState, IUserCommand, IUserEvent>
{
    private readonly AchievementCatalogue _achievements = achievements ?? AchievementCatalogue.Empty;
    private readonly UserDecider _decider = new(rules, achievements);

    /// <inheritdoc />
    public override string Region => Names.Regions.User;

    /// <summary>Enough for the answers that an admin's repeats want; that nothing counts twice does not rest on it.</summary>
    public override int RememberedCommands => 20;

    /// <inheritdoc />
    public override UserState Empty(string entityId) => new(entityId);

    /// <inheritdoc />
    public override Decision<IUserEvent> Decide(UserState state, IUserCommand command, DateTimeOffset now) => _decider.Decide(state, command, now);

    /// <inheritdoc />
    public override UserState Evolve(UserState state, IUserEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(UserState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetAchievements => state.Lives ? AchievementViews.View(_achievements, state, now) : UserRefusals.NoUser,
        GetUser => state.Lives ? UserViews.View(state) : UserRefusals.NoUser,
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "A user does not know this query."),
    };

    /// <summary>Only changes of points come without their answer.</summary>
    public override IReply ReplyTo(UserState state, IReadOnlyList<IUserEvent> events) => events.First(happened => happened is PointsAwarded or PointsDeducted) switch
    {
        PointsAwarded e => Levels.View(e.Balance),
        PointsDeducted e => Levels.View(e.Balance),
        _ => throw new InvalidOperationException("Every other decision of a user brings its answer."),
    };

    /// <inheritdoc />
    public override UserState Observe(UserState state, ISignal signal) =>
        signal is UsernameReply { Status: ClaimStatus.Claimed } granted ? state with { Granted = state.Granted.SetItem(granted.Username, granted) } : state;

    /// <inheritdoc />
    public override IEnumerable<Announcement> Announce(UserState state, IUserEvent @event) => UserAnnouncements.Of(state, @event);

    /// <summary>Names must learn whose they are; and a definition may be younger than what it asks for.</summary>
    public override IReadOnlyList<Question> Outbox(UserState state) =>
        AchievementDecider.Owed(_achievements, state) is { } owed ? [.. NameDecider.Outbox(state), owed] : NameDecider.Outbox(state);

    /// <inheritdoc />
    public override IUserCommand? Hear(string key, IReply answer) => answer is UsernameReply reply ? NameDecider.Heard(key, reply) : null;

    /// <inheritdoc />
    public override ISnapshot Freeze(UserState state) => UserSnapshot.Of(state);

    /// <inheritdoc />
    public override UserState Thaw(string entityId, ISnapshot snapshot) => ((UserSnapshot)snapshot).ToState(entityId);

    /// <inheritdoc />
    public override int Weight(UserState state) => state.Counted.Count;
}
