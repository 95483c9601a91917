namespace WildNOut.Actors.Token;

/// <summary>From what the reader of the chain reported to what operators see.</summary>
internal static class IngestViews
{
    /// <summary>How far the feed is behind at an instant.</summary>
    public static IngestView View(FeedState state, DateTimeOffset now)
    {
        var told = state.Ingest;
        return new IngestView(
            state.Mint,
            told?.Reader,
            told?.At,
            Age(told?.At, now),
            state.Tip?.Slot,
            state.Finalized?.Slot,
            told?.Newest,
            told?.Newest is { } newest ? newest - Math.Min(newest, state.Tip?.Slot ?? 0) : null,
            told?.ProgressAt,
            Age(told?.ProgressAt, now),
            told?.LastFailure,
            told?.LastFailureAt);
    }

    /// <summary>The newest report; one who has just taken over has made no progress of its own yet, and that of the one before counts on.</summary>
    public static IngestObserved Newer(IngestObserved? before, IngestObserved told) =>
        before is null ? told
        : told.At < before.At ? before
        : told with
        {
            Newest = told.Newest ?? before.Newest,
            ProgressAt = told.ProgressAt ?? before.ProgressAt,
            LastFailure = told.LastFailure ?? before.LastFailure,
            LastFailureAt = told.LastFailureAt ?? before.LastFailureAt,
        };

    private static double? Age(DateTimeOffset? at, DateTimeOffset now) => at is { } then ? Math.Max(0, Math.Round((now - then).TotalSeconds, 1)) : null;
}
