using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Transfers;

/// <summary>
/// Hears over WebSocket of each slot, so that whoever waits for a new block looks at once. Without a WebSocket, and while it is down, a wait takes as long as it may.
/// </summary>
/// <param name="subscriptions">Tells of slots; null where there is no WebSocket.</param>
/// <param name="clock">Paces.</param>
/// <param name="log">Hears of a node that tells no slots.</param>
public sealed partial class SlotNews(ISolanaSubscriptions? subscriptions, TimeProvider clock, ILogger<SlotNews> log)
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task<bool>? _next;

    /// <summary>Listens until cancelled.</summary>
    public Task ListenAsync(CancellationToken stop) => subscriptions is null
        ? Task.CompletedTask
        : Listening.KeepAsync(() => subscriptions.SlotsAsync(stop), _ => _signal.Writer.TryWrite(true), Ended, clock, stop);

    /// <summary>Waits for a slot that nobody has waited for yet. For one caller at a time.</summary>
    /// <param name="atMost">How long.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        _next ??= _signal.Reader.ReadAsync(CancellationToken.None).AsTask();
        try
        {
            await _next.WaitAsync(atMost, clock, cancellation);
            _next = null;
        }
        catch (TimeoutException)
        {
            // Time to look in any case.
        }
    }

    private void Ended(string? refusal)
    {
        if (refusal is not null)
        {
            Refused(log, refusal);
        }
    }

    [LoggerMessage(EventId = 3204, Level = LogLevel.Warning, Message = "The node tells no slots over WebSocket; new blocks are looked for once a second: {Reason}")]
    private static partial void Refused(ILogger log, string reason);
}
