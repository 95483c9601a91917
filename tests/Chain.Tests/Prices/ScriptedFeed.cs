using WildNOut.Chain.Prices;

namespace WildNOut.Chain.Tests.Prices;

/// <summary>A feed that says what the test says.</summary>
internal sealed class ScriptedFeed(string name = "scripted") : IPriceFeed
{
    private int _asked;

    public Func<PriceReading?> Answer { get; set; } = () => new PriceReading(1, new StillClock().Now);

    public bool Hang { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public TimeSpan Spacing { get; init; } = TimeSpan.FromSeconds(2);

    public async Task<PriceReading?> ReadAsync(string mint, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _asked);
        Reached.TrySetResult();
        if (Hang)
        {
            await using var heard = cancellation.Register(() => Cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        return Answer();
    }
}
