namespace WildNOut.Actors.Battles;

/// <summary>How time moves a battle. A command is judged as if every move that is due had already happened, whether or not a timer fired.</summary>
public static class BattleTime
{
    /// <summary>The moves that are due, in order; none for a final battle and for one whose boxes are being counted.</summary>
    public static IReadOnlyList<IBattleEvent> Due(BattleState state, DateTimeOffset now)
    {
        if (!state.Exists || state.IsFinal || state.Counting || now < NextInstant(state))
        {
            return [];
        }

        var due = new List<IBattleEvent>();
        while (state.Exists && !state.IsFinal && !state.Counting && now >= NextInstant(state))
        {
            var move = Next(state, null, now);
            due.AddRange(move);
            state = move.Aggregate(state, (before, @event) => before.Evolve(@event));
        }

        return due;
    }

    /// <summary>The events that take a battle one step along its arrows.</summary>
    /// <param name="state">An upcoming, active or voting battle.</param>
    /// <param name="by">Who moves it; null for time.</param>
    /// <param name="now">When.</param>
    public static IReadOnlyList<IBattleEvent> Next(BattleState state, string? by, DateTimeOffset now) => state.Status switch
    {
        BattleStatus.Upcoming => [new BattleActivated(state.Id, by, now)],
        BattleStatus.Active => [new BattleVotingStarted(state.Id, by, now)],
        BattleStatus.Voting when state.Entries.IsEmpty =>
            [new BattleVotingClosed(state.Id, by, now), new BattleCompleted(state.Id, new BattleResults(state.Id, now, []), now)],
        BattleStatus.Voting => [new BattleVotingClosed(state.Id, by, now)],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state.Status, "A final battle has no next step."),
    };

    /// <summary>The instant of the next move by time.</summary>
    private static DateTimeOffset NextInstant(BattleState state) => state.Status switch
    {
        BattleStatus.Upcoming => state.StartTime,
        BattleStatus.Active => state.EndTime,
        _ => state.VotingEndTime,
    };
}
