using WildNOut.Actors.Token;

namespace WildNOut.Chain.Transfers;

/// <summary>How one reader of the chain gets on. From any thread.</summary>
/// <param name="mint">The token.</param>
/// <param name="reader">This node, as the cluster names it.</param>
/// <param name="metrics">Told too.</param>
/// <param name="clock">The present.</param>
internal sealed class IngestProgress(string mint, string reader, IngestMetrics metrics, TimeProvider clock)
{
    /// <summary>The longest reason that is told.</summary>
    private const int LongestReason = 500;

    private readonly Lock _gate = new();
    private BlockId? _tip;
    private DateTimeOffset? _progressAt;
    private (string Why, DateTimeOffset At)? _failure;

    /// <summary>What the feed is told about now.</summary>
    /// <param name="newest">The newest confirmed slot that was heard of; 0 for none.</param>
    public IngestObserved Report(ulong newest)
    {
        lock (_gate)
        {
            if (newest > 0 && _tip is not null)
            {
                metrics.Stands(newest, _tip);
            }

            return new IngestObserved(mint, reader, clock.GetUtcNow(), newest > 0 ? newest : null, _progressAt, _failure?.Why, _failure?.At);
        }
    }

    /// <summary>The feed took what followed, or nothing is missing.</summary>
    public void Advances(BlockId? tip)
    {
        lock (_gate)
        {
            (_tip, _progressAt) = (tip, clock.GetUtcNow());
        }

        metrics.Advances();
    }

    /// <summary>A step came to nothing.</summary>
    public void Fails(Exception fault)
    {
        var why = fault.Message.Length > LongestReason ? fault.Message[..LongestReason] : fault.Message;
        lock (_gate)
        {
            _failure = (why, clock.GetUtcNow());
        }
    }
}
