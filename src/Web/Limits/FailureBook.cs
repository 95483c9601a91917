using WildNOut.Actors.Limits;

namespace WildNOut.Web.Limits;

/// <summary>The failures that happened on this node, and the lock-outs that it knows of. Used by one actor only.</summary>
/// <param name="most">The most callers; a failure of another one is not noted.</param>
internal sealed class FailureBook(int most)
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(LimitRule Rule, CallerKey Key), Failures> _failures = [];
    private readonly Dictionary<(LimitRule Rule, CallerKey Key), DateTimeOffset> _locks = [];
    private DateTimeOffset _swept;

    /// <summary>Notes a failure.</summary>
    /// <returns>All of the caller's here that count; null when the book is full.</returns>
    public Failures? Add(LimitRule rule, CallerKey key, DateTimeOffset now)
    {
        var before = _failures.GetValueOrDefault((rule, key));
        if (before is null && _failures.Count >= most)
        {
            return null;
        }

        var failures = _failures[(rule, key)] = LockOutRules.Add(before, now);
        if (LockOutRules.Until([failures], rule.Max, now) is { } until)
        {
            Lock(rule, key, until);
        }

        return failures;
    }

    /// <summary>The caller's failures that count; null for none.</summary>
    public Failures? Of(LimitRule rule, CallerKey key, DateTimeOffset now) =>
        _failures.TryGetValue((rule, key), out var failures) && LockOutRules.Counts(failures, now) ? failures : null;

    /// <summary>Notes a lock-out.</summary>
    public void Lock(LimitRule rule, CallerKey key, DateTimeOffset until) => _locks[(rule, key)] = until;

    /// <summary>Until when a caller is locked out; null for not at all.</summary>
    public DateTimeOffset? LockedUntil(LimitRule rule, CallerKey key, DateTimeOffset now) =>
        _locks.TryGetValue((rule, key), out var until) && until > now ? until : null;

    /// <summary>Forgets what is over, now and then.</summary>
    public void Sweep(DateTimeOffset now)
    {
        if (now - _swept < SweepEvery)
        {
            return;
        }

        _swept = now;
        foreach (var (who, _) in _failures.Where(pair => !LockOutRules.Counts(pair.Value, now)).ToList())
        {
            _failures.Remove(who);
        }

        foreach (var (who, _) in _locks.Where(pair => pair.Value <= now).ToList())
        {
            _locks.Remove(who);
        }
    }
}
