using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Transfers;

/// <summary>Keeps a subscription for as long as somebody wants it.</summary>
internal static class Listening
{
    /// <summary>How long a node that refuses is left alone.</summary>
    public static readonly TimeSpan RefusedFor = TimeSpan.FromMinutes(1);

    /// <summary>Hears every notice until cancelled; a connection that drops is made anew, at the pace of <see cref="ISolanaSubscriptions"/>.</summary>
    /// <param name="subscribe">Subscribes.</param>
    /// <param name="hear">Takes a notice.</param>
    /// <param name="ended">Told when nothing is heard for now; with the node's reason when it refused.</param>
    /// <param name="clock">Paces.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task KeepAsync<T>(Func<IAsyncEnumerable<T>> subscribe, Action<T> hear, Action<string?> ended, TimeProvider clock, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var notice in subscribe())
                {
                    hear(notice);
                }
            }
            catch (SubscriptionEndedException)
            {
                ended(null);
            }
            catch (RpcException refusal)
            {
                ended(refusal.Message);
                await Task.Delay(RefusedFor, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
