using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Engine.Policies;

/// <summary>
/// Says what follows elsewhere from an event: pure, from event to commands. Delivery is at least once; each command carries an id made
/// from the event's identity, so its effect happens once.
/// </summary>
public abstract class Policy
{
    /// <summary>The key of the offset. Never change it.</summary>
    public abstract string Name { get; }

    /// <summary>The regions whose events can matter; events of others are not even fetched. Null for all.</summary>
    public virtual IReadOnlyCollection<string>? Regions => null;

    /// <summary>
    /// For a policy that can wait, how long a command takes that is answered briskly: it rests after each, and long after one that took longer (<see cref="DutyCycle"/>). It sends
    /// few commands at once and has a worker of its own: it may fall far behind what happens and holds no other up. Null for a policy that cannot wait.
    /// </summary>
    public virtual TimeSpan? Brisk => null;

    /// <summary>The commands that follow, in any order.</summary>
    public abstract IEnumerable<PolicyCommand> React(JournalEvent happened);

    /// <summary>
    /// Makes one command of several of a run that go to the same entity, in order; null to send each. What is folded differs from run to run, so such a command has no id:
    /// its receiver must know by itself what it has taken already.
    /// </summary>
    public virtual ICommand? Fold(IReadOnlyList<ICommand> commands) => null;
}

/// <summary>A command that a policy sends.</summary>
public sealed record PolicyCommand(EntityAddress To, ICommand Command);
