using Akka.Actor;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Limits;

/// <summary>
/// Admits requests. A caller's first requests of a window are counted here and cost no message; beyond that the <see cref="PermitKeeper"/> asks
/// the owner of the caller, so that the limit holds for the whole cluster.
/// </summary>
public sealed class RateLimiter(TimeProvider clock)
{
    private static readonly TimeSpan Longest = 2 * PermitKeeper.Patience;

    private IActorRef? _keeper;
    private int _nodes = 1;

    /// <summary>Web nodes in the cluster, this one included.</summary>
    public int Nodes
    {
        get => Volatile.Read(ref _nodes);
        set => Volatile.Write(ref _nodes, Math.Max(1, value));
    }

    /// <summary>Admits or refuses a request without asking anybody, where that is possible.</summary>
    /// <returns>Whether it was; else <see cref="AskAsync"/>.</returns>
    public bool TryTake(LimitRule rule, CallerKey key, out Admission admission)
    {
        admission = default;
        if (rule.Guarded)
        {
            return false;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var count = rule.Counts.Take(key, now, rule.Unasked(Nodes));
        admission = AdmissionOf(rule, count, now);
        return count.Verdict != Verdict.Lacking;
    }

    /// <summary>Admits or refuses a request with the owner's word, or without it when that does not come in time.</summary>
    public async Task<Admission> AskAsync(LimitRule rule, CallerKey key)
    {
        if (Volatile.Read(ref _keeper) is { } keeper)
        {
            var promise = new TaskCompletionSource<Admission>(TaskCreationOptions.RunContinuationsAsynchronously);
            keeper.Tell(new PermitKeeper.Take(rule, key, promise), ActorRefs.NoSender);
            try
            {
                return await promise.Task.WaitAsync(Longest, clock);
            }
            catch (TimeoutException)
            {
                // The keeper is gone, and the node with it before long.
            }
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return AdmissionOf(rule, rule.Counts.Take(key, now, rule.Max / Nodes), now);
    }

    /// <summary>An attempt of a caller failed, under a rule that counts that.</summary>
    public void Fail(LimitRule rule, CallerKey key) =>
        Volatile.Read(ref _keeper)?.Tell(new PermitKeeper.Fail(rule, key, Instants.Truncate(clock.GetUtcNow())), ActorRefs.NoSender);

    /// <summary>The actor that asks owners.</summary>
    public void Attach(IActorRef keeper) => Volatile.Write(ref _keeper, keeper);

    internal static Admission AdmissionOf(LimitRule rule, Count count, long now) =>
        new(count.Verdict == Verdict.Taken, count.Remaining, (int)Math.Clamp((count.Ends - now + 999) / 1_000, 1, (long)rule.Window.TotalSeconds));
}
