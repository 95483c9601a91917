using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>How the one who reads the chain gets on: for those who look, never journalled. Told about once a second.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Reader">The node that reads, as the cluster names it.</param>
/// <param name="At">When the reader said so.</param>
/// <param name="Newest">The newest confirmed slot that the reader has heard of; null before the first.</param>
/// <param name="ProgressAt">When the feed last took blocks from the reader, or had all there are; null while it has not yet.</param>
/// <param name="LastFailure">What went wrong last; null for nothing.</param>
/// <param name="LastFailureAt">When that was.</param>
public sealed record IngestObserved(
    string Mint, string Reader, DateTimeOffset At, ulong? Newest, DateTimeOffset? ProgressAt, string? LastFailure, DateTimeOffset? LastFailureAt) : ISignal;

/// <summary>Asks how far the feed of a mint is behind the chain; answered with <see cref="IngestView"/>.</summary>
public sealed record GetIngest(string Mint) : IQuery;

/// <summary>How far a feed is behind the chain, and who reads it. What nobody has told since the feed was last loaded is null.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Reader">The node that reads, as the cluster names it.</param>
/// <param name="ReportedAt">When it last said how it gets on.</param>
/// <param name="ReportAge">Seconds since then: about one while somebody reads.</param>
/// <param name="Tip">The last slot that was read; null while the feed is empty.</param>
/// <param name="Finalized">The newest slot known to be finalized; null before the first.</param>
/// <param name="Newest">The newest confirmed slot of the chain that the reader has heard of.</param>
/// <param name="Behind">Slots from the tip to the newest; while no endpoint answers it says nothing of the present, but the age of the progress does.</param>
/// <param name="ProgressAt">When the feed last took blocks, or had all there are.</param>
/// <param name="ProgressAge">Seconds since then.</param>
/// <param name="LastFailure">What went wrong last in reading; null for nothing.</param>
/// <param name="LastFailureAt">When that was.</param>
public sealed record IngestView(
    string Mint,
    string? Reader,
    DateTimeOffset? ReportedAt,
    double? ReportAge,
    ulong? Tip,
    ulong? Finalized,
    ulong? Newest,
    ulong? Behind,
    DateTimeOffset? ProgressAt,
    double? ProgressAge,
    string? LastFailure,
    DateTimeOffset? LastFailureAt) : IReply;
