namespace WildNOut.Actors.Token;

/// <summary>How much of the token moved, as the transaction feed counted it.</summary>
public interface ITokenVolumes
{
    /// <summary>
    /// What moved in an interval, ascending, summed up to buckets of a width; a bucket without movements is left out, and nothing comes back where nobody counts.
    /// </summary>
    /// <param name="from">The first bucket's start; a multiple of the width.</param>
    /// <param name="to">Only buckets that start before this.</param>
    /// <param name="width">One of <see cref="CandleWidths.All"/>; all are multiples of the five minutes in which the feed counts.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<VolumeBucket>> BetweenAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan width, CancellationToken cancellation = default);
}

/// <summary>What moved in a stretch of time.</summary>
/// <param name="Start">When it began.</param>
/// <param name="Amount">Whole tokens.</param>
/// <param name="Transfers">How many movements.</param>
public sealed record VolumeBucket(DateTimeOffset Start, decimal Amount, int Transfers);

/// <summary>Nobody counts.</summary>
public sealed class NoVolumes : ITokenVolumes
{
    /// <inheritdoc />
    public Task<IReadOnlyList<VolumeBucket>> BetweenAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan width, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<VolumeBucket>>([]);
}
