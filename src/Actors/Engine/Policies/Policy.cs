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

    /// <summary>The commands that follow, in any order.</summary>
    public abstract IEnumerable<PolicyCommand> React(JournalEvent happened);
}

/// <summary>A command that a policy sends.</summary>
public sealed record PolicyCommand(EntityAddress To, ICommand Command);
