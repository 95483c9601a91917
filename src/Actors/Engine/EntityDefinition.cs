using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Actors.Engine;

/// <summary>
/// The rules of one kind of entity. The shell (<see cref="EntityActor{TState,TCommand,TEvent}"/>) makes them durable; a capability
/// writes this and its pure files, and no persistence code. Nothing here may read a clock, draw random numbers or do I/O.
/// </summary>
/// <remarks>
/// A state belongs to its entity alone: <see cref="Evolve"/> may return a new value or change the given one in place, and the shell
/// never looks at an older one.
/// </remarks>
public abstract class EntityDefinition<TState, TCommand, TEvent>
    where TState : notnull
    where TCommand : ICommand
    where TEvent : IEvent
{
    /// <summary>The shard region, and the prefix of every persistence id. Never change it.</summary>
    public abstract string Region { get; }

    /// <summary>The state before the first event.</summary>
    public abstract TState Empty(string entityId);

    /// <summary>Judges a command. <paramref name="now"/> never goes back within an entity and has whole milliseconds.</summary>
    public abstract Decision<TEvent> Decide(TState state, TCommand command, DateTimeOffset now);

    /// <summary>The state after an event.</summary>
    public abstract TState Evolve(TState state, TEvent @event);

    /// <summary>Answers a question about the state, judged at <paramref name="now"/>.</summary>
    public abstract IReply Answer(TState state, IQuery query, DateTimeOffset now);

    /// <summary>The reply to a command that was accepted with these events; <paramref name="state"/> is the state right after them.</summary>
    public abstract IReply ReplyTo(TState state, IReadOnlyList<TEvent> events);

    /// <summary>Takes a transient report into the state. It must keep durable facts as they are.</summary>
    public virtual TState Observe(TState state, ISignal signal) => state;

    /// <summary>What subscribers are told of an event once it is durable; <paramref name="state"/> is the state right after it.</summary>
    public virtual IEnumerable<Announcement> Announce(TState state, TEvent @event) => [];

    /// <summary>The least time between two calls of <see cref="Report"/>, which comes at once after a pause; zero for entities that report nothing.</summary>
    public virtual TimeSpan ReportAfter => TimeSpan.Zero;

    /// <summary>What changed since the last call and is told in folded form: signals to entities and announcements.</summary>
    public virtual Reports Report(TState state, DateTimeOffset now) => Reports.None;

    /// <summary>What is told when the entity stops; nothing may be kept back then.</summary>
    public virtual Reports LastReport(TState state, DateTimeOffset now) => Report(state, now);

    /// <summary>Work owed to other entities, derived from the state: asked again every second until the state no longer lists it.</summary>
    public virtual IReadOnlyList<Question> Outbox(TState state) => [];

    /// <summary>
    /// Turns the answer to a question or to outbox work into a command to this entity; null when it says nothing. An answer that is a signal
    /// is observed first.
    /// </summary>
    public virtual TCommand? Hear(string key, IReply answer) => default;

    /// <summary>How many outcomes of commands with an id are remembered, newest first. Zero where the state itself knows what it has seen.</summary>
    public virtual int RememberedCommands => 1_000;

    /// <summary>The state in the form a snapshot keeps.</summary>
    public abstract ISnapshot Freeze(TState state);

    /// <summary>The state out of a snapshot.</summary>
    public abstract TState Thaw(string entityId, ISnapshot snapshot);

    /// <summary>How much a snapshot holds, in items; the next one is taken after as many events again, and not before <see cref="SnapshotAfter"/>.</summary>
    public virtual int Weight(TState state) => 0;

    /// <summary>The least number of events between two snapshots; an entity adds up to half as many, so that not all take theirs at once.</summary>
    public virtual int SnapshotAfter => 200;

    /// <summary>
    /// For how many events more a snapshot that is due waits until little happens; an entity adds up to half as many. For entities whose snapshots are large: each of these
    /// events is one more to replay at the next start. Zero where a snapshot does not wait.
    /// </summary>
    public virtual int SnapshotMayWait => 0;
}

/// <summary>Folded changes to tell.</summary>
/// <param name="Signals">Transient reports to other entities.</param>
/// <param name="Announcements">What subscribers are told.</param>
/// <param name="More">Whether something is kept back for a later call, which then comes after <see cref="EntityDefinition{TState,TCommand,TEvent}.ReportAfter"/>.</param>
public readonly record struct Reports(
    IReadOnlyList<(EntityAddress To, ISignal Signal)> Signals, IReadOnlyList<Announcement> Announcements, bool More = false)
{
    /// <summary>Nothing to tell.</summary>
    public static readonly Reports None = new([], []);
}
