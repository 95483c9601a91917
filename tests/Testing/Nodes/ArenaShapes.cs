using System.Net;

namespace WildNOut.Testing.Nodes;

/// <summary>A battle that takes votes.</summary>
/// <param name="Id">The battle.</param>
/// <param name="Creator">Who may move it.</param>
/// <param name="Entries">Its entries.</param>
public sealed record VotingBattle(Guid Id, string Creator, IReadOnlyList<Guid> Entries);

/// <summary>What became of one attempt to vote.</summary>
/// <param name="Status">The status; null when there was no answer.</param>
/// <param name="Code">The error's code; <c>timeout</c> or <c>connection</c> without an answer.</param>
/// <param name="Body">The body, or what went wrong.</param>
public sealed record VoteAnswer(HttpStatusCode? Status, string? Code, string Body)
{
    /// <summary>The vote counts.</summary>
    public bool Acknowledged => Status == HttpStatusCode.Created;

    /// <summary>The vote may or may not count.</summary>
    public bool Unknown => Status is null or HttpStatusCode.ServiceUnavailable;
}

/// <summary>A tally as clients see it.</summary>
public sealed record TallyShape(Guid BattleId, long VoteCount, IReadOnlyList<TallyLine> Entries);

/// <summary>A line of a tally.</summary>
public sealed record TallyLine(Guid EntryId, long Total, long Voters);

/// <summary>Results as clients see them.</summary>
public sealed record ResultsShape(Guid BattleId, DateTimeOffset ComputedAt, IReadOnlyList<ResultLine> Entries);

/// <summary>A line of the results.</summary>
public sealed record ResultLine(int Rank, Guid EntryId, string UserId, long Total, long Voters);
