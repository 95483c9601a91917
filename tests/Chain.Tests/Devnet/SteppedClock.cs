namespace WildNOut.Chain.Tests.Devnet;

/// <summary>A clock whose timers fire when told.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _fire;

    /// <summary>Ends when somebody waits for the clock.</summary>
    public Task TimerMade => _made.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _fire = () => callback(state);
            _made.TrySetResult();
        }

        return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Fire() => _fire!();
}
