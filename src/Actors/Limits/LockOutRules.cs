namespace WildNOut.Actors.Limits;

/// <summary>When failures lock a caller out: so many within <see cref="Window"/> of the first do so for the rest of that time. It ends by itself.</summary>
public static class LockOutRules
{
    /// <summary>How long a failure counts, from the first one on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>The failures after one more.</summary>
    public static Failures Add(Failures? before, DateTimeOffset now) =>
        before is not null && Counts(before, now) ? before with { Count = before.Count + 1 } : new Failures(1, now);

    /// <summary>Whether these failures still count.</summary>
    public static bool Counts(Failures failures, DateTimeOffset now) => now < failures.Since + Window;

    /// <summary>Until when a caller with these failures, on all nodes together, is locked out; null for not at all.</summary>
    /// <param name="failures">Of each node.</param>
    /// <param name="limit">Failures that lock out.</param>
    /// <param name="now">The present.</param>
    public static DateTimeOffset? Until(IEnumerable<Failures> failures, int limit, DateTimeOffset now)
    {
        var (count, since) = (0, DateTimeOffset.MaxValue);
        foreach (var some in failures.Where(some => Counts(some, now)))
        {
            count += some.Count;
            since = some.Since < since ? some.Since : since;
        }

        return count >= limit ? since + Window : null;
    }
}
