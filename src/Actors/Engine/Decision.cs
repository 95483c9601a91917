namespace WildNOut.Actors.Engine;

/// <summary>
/// A question an entity must have answered by another entity before it can decide, or work it owes to another entity.
/// The answer comes back through <see cref="EntityDefinition{TState,TCommand,TEvent}.Hear"/>.
/// </summary>
/// <param name="Key">What the question is about; one question a key is under way at a time.</param>
/// <param name="Target">Who is asked.</param>
/// <param name="Command">What is asked; it must be safe to repeat.</param>
public sealed record Question(string Key, EntityAddress Target, ICommand Command);

/// <summary>What an entity's rules say to a command: events and a reply, a refusal, or a question that comes first.</summary>
/// <typeparam name="TEvent">The events of the entity.</typeparam>
public readonly struct Decision<TEvent>
    where TEvent : IEvent
{
    private static readonly TEvent[] None = [];

    private Decision(IReadOnlyList<TEvent> events, IReply? reply, Question? first, string? forget)
    {
        Events = events;
        Reply = reply;
        First = first;
        Forget = forget;
    }

    /// <summary>The facts to make durable, in order; a refusal may carry some too (a battle that was due to move does so even when the command is refused).</summary>
    public IReadOnlyList<TEvent> Events { get; }

    /// <summary>The reply, or null to let <see cref="EntityDefinition{TState,TCommand,TEvent}.ReplyTo"/> make it from the events.</summary>
    public IReply? Reply { get; }

    /// <summary>What must be learnt before this command can be decided.</summary>
    public Question? First { get; }

    /// <summary>The key of a question whose answer, if still under way, must count for nothing from now on.</summary>
    public string? Forget { get; }

    /// <summary>The events happen; the reply follows from them, also for a repeat after a crash.</summary>
    public static Decision<TEvent> Accept(params IReadOnlyList<TEvent> events) => new(events, null, null, null);

    /// <summary>This reply, and the events (often none) that it depends on.</summary>
    public static Decision<TEvent> Answer(IReply reply, params IReadOnlyList<TEvent> events) => new(events, reply, null, null);

    /// <summary>A refusal, and the events that were due anyway.</summary>
    public static Decision<TEvent> Reject(Rejection rejection, params IReadOnlyList<TEvent> events) => new(events, rejection, null, null);

    /// <summary>The command waits until the question is answered, then is decided again.</summary>
    public static Decision<TEvent> Await(Question first) => new(None, null, first, null);

    /// <summary>The same decision, which also makes a question under way count for nothing: whoever waits for it is refused by being decided again.</summary>
    public Decision<TEvent> Forgetting(string key) => new(Events, Reply, First, key);
}
