namespace WildNOut.Actors.Users;

/// <summary>What a decision comes to, step by step: each event is judged by the state that those before it have left.</summary>
internal sealed class Unfolding(UserState state, DateTimeOffset at)
{
    private readonly long _level = Levels.Of(state.Balance);

    /// <summary>When all of it happens.</summary>
    public DateTimeOffset At => at;

    /// <summary>The state after the events so far.</summary>
    public UserState State { get; private set; } = state;

    /// <summary>The events so far.</summary>
    public List<IUserEvent> Events { get; } = [];

    /// <summary>One more event.</summary>
    public void Add(IUserEvent @event)
    {
        State = State.Evolve(@event);
        Events.Add(@event);
    }

    /// <summary>Adds points, unless their cause was counted as points before, and never beyond the bound.</summary>
    public void Award(long amount, string reason, string source, string cause)
    {
        if (amount > 0 && State.Balance <= Levels.MostPoints - amount)
        {
            Add(new PointsAwarded(State.UserId, amount, reason, source, cause, State.Balance + amount, At));
        }
    }

    /// <summary>Closes with the change of the level that all of it brings.</summary>
    public IReadOnlyList<IUserEvent> Close()
    {
        var level = Levels.Of(State.Balance);
        if (level != _level)
        {
            Add(new LevelChanged(State.UserId, level, _level, At));
        }

        return Events;
    }
}
