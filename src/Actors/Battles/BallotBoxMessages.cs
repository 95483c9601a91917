using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>A command to a ballot box.</summary>
public interface IBallotBoxCommand : ICommand;

/// <summary>Casts a vote.</summary>
/// <param name="Value">What the vote says, within the battle's scale; null for the plain vote: 1 where the scale has it, else the scale's maximum.</param>
/// <param name="Weight">
/// What the vote weighs under the battle's weighting, at least 1. Null where the edge has not found it out: a battle that weighs votes then answers with a
/// <see cref="WeightDemand"/>, and no other battle needs it.
/// </param>
/// <param name="CommandId">From the <c>Idempotency-Key</c>, so that a repeat is told from a second vote; null without one.</param>
/// <param name="Repeated">Whether no answer came to the same vote just now, so that it may have been counted already.</param>
public sealed record CastVote(
    Guid BattleId,
    Guid EntryId,
    string VoterId,
    int? Value,
    long? Weight,
    string? CommandId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Repeated = false) : IBallotBoxCommand, IRepeatable
{
    /// <inheritdoc />
    public ICommand Again() => this with { Repeated = true };
}

/// <summary>A ballot paper came in from the battle.</summary>
public sealed record OpenSheet(BallotPaper Paper) : IBallotBoxCommand;

/// <summary>An entry was rejected: it takes no more votes.</summary>
public sealed record StrikeEntry(Guid BattleId, Guid EntryId) : IBallotBoxCommand;

/// <summary>Voting is over: take no more votes and give the final count (<see cref="BallotCount"/>).</summary>
public sealed record CloseBallot(Guid BattleId) : IBallotBoxCommand;

/// <summary>The battle has its result: forget the sheet.</summary>
public sealed record DiscardSheet(Guid BattleId) : IBallotBoxCommand;

/// <summary>The battle asks for the present count (<see cref="BallotCount"/>), after a restart.</summary>
public sealed record RequestCount(Guid BattleId) : IBallotBoxCommand;

/// <summary>People watch the battle: tell it of its votes at once. Repeated by the battle while they do.</summary>
/// <param name="Until">The instant from which this no longer holds.</param>
public sealed record WatchBallot(Guid BattleId, DateTimeOffset Until) : ISignal;

/// <summary>Asks for one voter's votes; answered with <see cref="VotesOfVoter"/>.</summary>
public sealed record GetVotes(Guid BattleId, string VoterId) : IQuery;

/// <summary>What happens in a ballot box.</summary>
public interface IBallotBoxEvent : IEvent
{
    /// <summary>The battle.</summary>
    Guid BattleId { get; }

    /// <summary>When.</summary>
    DateTimeOffset At { get; }
}

/// <summary>The first vote of a battle came to this box.</summary>
public sealed record SheetOpened(Guid BattleId, BallotPaper Paper, DateTimeOffset At) : IBallotBoxEvent;

/// <summary>A vote counts.</summary>
/// <param name="Newcomer">Whether it is the first vote in the battle of somebody who did not enter it.</param>
public sealed record VoteCast(
    Guid BattleId, Guid EntryId, string VoterId, int Value, long Weight, DateTimeOffset At, bool Newcomer, string? CommandId = null) : IBallotBoxEvent;

/// <summary>An entry takes no more votes.</summary>
public sealed record EntryStruck(Guid BattleId, Guid EntryId, DateTimeOffset At) : IBallotBoxEvent;

/// <summary>The battle's votes in this box are final.</summary>
public sealed record SheetClosed(Guid BattleId, DateTimeOffset At) : IBallotBoxEvent;

/// <summary>The sheet was forgotten: its battle has its result.</summary>
public sealed record SheetDiscarded(Guid BattleId, DateTimeOffset At) : IBallotBoxEvent;

/// <summary>What a ballot box must know to judge votes: handed out only while voting is on.</summary>
/// <param name="Closes">The instant from which no vote is taken.</param>
/// <param name="Opened">When voting began, where a vote weighs by what its voter held then; null where all weigh alike.</param>
public sealed record BallotPaper(
    Guid BattleId,
    DateTimeOffset Closes,
    Bounds Scale,
    VoteWeighting Weighting,
    bool AllowSelfVote,
    IReadOnlyList<BallotLine> Entries,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Opened = null) : IReply;

/// <summary>One entry on the paper.</summary>
public sealed record BallotLine(Guid EntryId, string UserId, bool Struck);

/// <summary>A ballot box's votes of one battle, in absolute numbers: a report while voting is on, the final count afterwards.</summary>
/// <param name="Box">The ballot box.</param>
/// <param name="VoteCount">All votes; rises with every vote, so an older report is told from a newer one.</param>
/// <param name="Newcomers">Voters who did not enter the battle.</param>
/// <param name="Entries">Entries with at least one vote.</param>
public sealed record BallotCount(Guid BattleId, int Box, long VoteCount, long Newcomers, IReadOnlyList<EntryTally> Entries) : IReply, ISignal;

/// <summary>A vote that counts, as its caster sees it.</summary>
public sealed record VoteReceipt(Guid BattleId, Guid EntryId, int Value, long Weight, DateTimeOffset Timestamp) : IReply;

/// <summary>A voter's votes on one battle.</summary>
/// <param name="Known">False when the box keeps no sheet of the battle: nothing was cast here, or the battle has its results and the read model knows.</param>
public sealed record VotesOfVoter(bool Known, IReadOnlyList<VoteReceipt> Items) : IReply;

/// <summary>Done; nothing to add.</summary>
public sealed record Acknowledged : IReply
{
    /// <summary>The only value.</summary>
    public static readonly Acknowledged Instance = new();
}
