using Akka.Actor;
using LinqToDB.Data;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Engine.Policies;

/// <summary>
/// Sends what a policy says and moves its offset once everything is answered. A crash in between sends again, under the same command ids. A refusal
/// is an answer: the receiver's rules had the last word.
/// </summary>
public sealed partial class PolicyReader(ReadModelDatabase database, Policy policy, ShardRegions regions, ILogger<PolicyReader> log)
    : JournalReader(database, policy.Name, Offsets.Policy)
{
    private const int UnderWay = 64;
    private const int UnderWayAtRest = 2;

    /// <summary>After so many commands a policy that rests notes, at the next end of a row, how far it is: what a crash makes it send again stays small, however long its run is.</summary>
    private const int CommandsBetweenNotes = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly DutyCycle? _duty = policy.Brisk is { } brisk ? new DutyCycle(brisk, TimeProvider.System) : null;

    /// <inheritdoc />
    public override IReadOnlyCollection<string>? Regions => policy.Regions;

    /// <inheritdoc />
    public override async Task ApplyAsync(
        long from, long to, IReadOnlyList<JournalEvent> events, IReadOnlyList<ParkedEvent> parked, CancellationToken cancellation)
    {
        List<(EntityAddress To, Envelope Envelope)> commands = [];
        for (var i = 0; i < events.Count; i++)
        {
            commands.AddRange(Commands(events[i]));
            var rowEnds = i + 1 < events.Count && events[i + 1].Offset != events[i].Offset;
            if (_duty is not null && rowEnds && commands.Count >= CommandsBetweenNotes && parked.Count == 0)
            {
                await DeliverAsync(commands, cancellation);
                await NoteAsync(from, events[i].Offset, [], cancellation);
                (from, commands) = (events[i].Offset, []);
            }
        }

        await DeliverAsync(commands, cancellation);
        await NoteAsync(from, to, parked, cancellation);
    }

    private Task NoteAsync(long from, long to, IReadOnlyList<ParkedEvent> parked, CancellationToken cancellation) =>
        CommitAsync(from, to, parked, _ => Task.CompletedTask, cancellation);

    private Task DeliverAsync(List<(EntityAddress To, Envelope Envelope)> commands, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            Fold(commands),
            new ParallelOptions { MaxDegreeOfParallelism = _duty is null ? UnderWay : UnderWayAtRest, CancellationToken = cancellation },
            (command, stop) => new ValueTask(_duty is null
                ? DeliverAsync(command.To, command.Envelope, stop)
                : _duty.RunAsync(() => DeliverAsync(command.To, command.Envelope, stop), stop)));

    /// <inheritdoc />
    public override Task<(int Index, Exception Error)?> FindPoisonAsync(IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        for (var i = 0; i < events.Count; i++)
        {
            try
            {
                _ = Commands(events[i]).Count;
            }
            catch (Exception fault)
            {
                return Task.FromResult<(int, Exception)?>((i, fault));
            }
        }

        return Task.FromResult<(int, Exception)?>(null);
    }

    /// <summary>A policy's effects lie with other entities, so there is nothing to empty.</summary>
    protected override Task EmptyAsync(DataConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    private List<(EntityAddress To, Envelope Envelope)> Commands(JournalEvent happened) =>
    [
        .. policy.React(happened).Select((command, n) =>
            (command.To, new Envelope(command.To.EntityId, command.Command, $"{Name}|{happened.Id}|{n}"))),
    ];

    private IEnumerable<(EntityAddress To, Envelope Envelope)> Fold(List<(EntityAddress To, Envelope Envelope)> commands)
    {
        foreach (var some in commands.GroupBy(command => command.To))
        {
            var all = some.ToList();
            if (all.Count > 1 && policy.Fold([.. all.Select(command => (ICommand)command.Envelope.Message)]) is { } folded)
            {
                yield return (some.Key, new Envelope(some.Key.EntityId, folded));
                continue;
            }

            foreach (var command in all)
            {
                yield return command;
            }
        }
    }

    private async Task DeliverAsync(EntityAddress to, Envelope envelope, CancellationToken cancellation)
    {
        for (var wait = TimeSpan.FromMilliseconds(100); ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            switch (await AskAsync(to, envelope, cancellation))
            {
                case Done:
                    return;
                case Rejection no:
                    Refused(log, Name, Id(envelope), no.Code, no.Message);
                    return;
                case Unavailable why:
                    NotDelivered(log, Name, Id(envelope), why.Reason);
                    break;
            }

            await Task.Delay(wait, cancellation);
        }
    }

    private static string Id(Envelope envelope) => envelope.CommandId ?? $"to {envelope.EntityId}";

    private async Task<IReply> AskAsync(EntityAddress to, Envelope envelope, CancellationToken cancellation)
    {
        try
        {
            return await regions.AskAsync(to, envelope, Patience, cancellation);
        }
        catch (AskTimeoutException)
        {
            return new Unavailable("no answer in time");
        }
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "{Policy}: command {CommandId} was refused: {Code}: {Reason}")]
    private static partial void Refused(ILogger log, string policy, string commandId, string code, string reason);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "{Policy}: command {CommandId} got no outcome ({Reason}); it is sent again.")]
    private static partial void NotDelivered(ILogger log, string policy, string commandId, string reason);
}
