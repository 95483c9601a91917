using System.Diagnostics.Metrics;
using System.Threading.Channels;
using WildNOut.Actors.Audit;
using WildNOut.Actors.Engine;
using WildNOut.Web.Gateway;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Operations;

/// <summary>What is done to what, for the audit log.</summary>
/// <param name="Action">Such as <c>entry.reject</c>.</param>
/// <param name="TargetType">Such as <c>entry</c>; null where there is no target.</param>
/// <param name="TargetId">Which one.</param>
/// <param name="Details">Whatever else is worth knowing; a value that is null is left out.</param>
public sealed record AuditNote(string Action, string? TargetType = null, string? TargetId = null, params IReadOnlyList<(string Name, string? Value)> Details);

/// <summary>
/// Writes to the audit log for endpoints. What moderators and admins do by their role is recorded before it is done, or it is not done; what
/// users do with their own things is recorded behind the answer.
/// </summary>
/// <param name="gateway">Asks the log.</param>
/// <param name="clock">Says when things are done.</param>
/// <param name="log">Hears of entries that are lost.</param>
public sealed partial class AuditTrail(EntityGateway gateway, TimeProvider clock, ILogger<AuditTrail> log) : BackgroundService
{
    /// <summary>Entries that may wait to be written; those beyond are lost, with an error in the log and a count.</summary>
    public const int MostWaiting = 10_000;

    private const int AtOnce = 32;
    private const int LongestText = 1_000;

    private static readonly Meter Meter = new("WildNOut.Audit");
    private static readonly Counter<long> Lost = Meter.CreateCounter<long>("wildnout.audit.lost", "{entry}", "Entries that never reached the audit log.");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Channel<AuditedAction> _waiting = Channel.CreateBounded<AuditedAction>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>
    /// Does something that the caller may do by role only. The intention is recorded first; when the log does not take it nothing is done and the
    /// reply is <see cref="Unavailable"/>. What came of it is recorded behind the answer. For a caller without such a role it is simply done: the rules
    /// refuse what needs one.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="note">What is done.</param>
    /// <param name="act">Does it.</param>
    public async Task<IReply> DoAsync(HttpContext http, AuditNote note, Func<Task<IReply>> act)
    {
        if (http.FindCaller() is not { Role: >= Role.Moderator })
        {
            return await act();
        }

        var intention = Of(http, note, AuditResult.Intended, null);
        if (await RecordAsync(intention) is not Done)
        {
            return NotRecorded;
        }

        IReply? reply = null;
        try
        {
            return reply = await act();
        }
        finally
        {
            Enqueue(Of(http, note, ResultOf(reply), CodeOf(reply)));
        }
    }

    /// <summary>Records what was done, behind the answer.</summary>
    /// <param name="http">The request.</param>
    /// <param name="note">What was done.</param>
    /// <param name="reply">What came of it.</param>
    /// <param name="actor">Who did it, where the request itself does not say; null takes the caller.</param>
    public void Note(HttpContext http, AuditNote note, IReply reply, Caller? actor = null) => Enqueue(Of(http, note, ResultOf(reply), CodeOf(reply), actor));

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } writing)
        {
            await Task.WhenAny(writing, Task.Delay(Farewell, clock, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
        while (_waiting.Reader.TryRead(out var left))
        {
            Lose(left);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                _waiting.Reader.ReadAllAsync(stoppingToken),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                async (action, stopping) => await WriteAsync(action, stopping));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node leaves; what is left is counted as lost.
        }
    }

    private static readonly Unavailable NotRecorded = new("The audit log does not answer; nothing was done.");

    private static AuditResult ResultOf(IReply? reply) => reply switch
    {
        null or Unavailable => AuditResult.Unknown,
        Rejection or Done { Reply: Rejection } => AuditResult.Refused,
        _ => AuditResult.Succeeded,
    };

    private static string? CodeOf(IReply? reply) => reply switch
    {
        Rejection no => no.Code,
        Done { Reply: Rejection no } => no.Code,
        _ => null,
    };

    private AuditedAction Of(HttpContext http, AuditNote note, AuditResult result, string? code, Caller? actor = null)
    {
        actor ??= http.FindCaller();
        return new AuditedAction(
            Guid.CreateVersion7(),
            Instants.Truncate(clock.GetUtcNow()),
            actor?.UserId,
            actor?.Role,
            note.Action,
            note.TargetType,
            Short(note.TargetId),
            http.Connection.RemoteIpAddress?.ToString(),
            http.TraceIdentifier,
            result,
            Details(note, code));
    }

    private static SortedDictionary<string, string> Details(AuditNote note, string? code)
    {
        var details = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in note.Details)
        {
            if (value is not null)
            {
                details[name] = Short(value)!;
            }
        }

        if (code is not null)
        {
            details["code"] = code;
        }

        return details;
    }

    private static string? Short(string? text) => text is { Length: > LongestText } ? text[..LongestText] : text;

    private void Enqueue(AuditedAction action)
    {
        if (!_waiting.Writer.TryWrite(action))
        {
            Lose(action);
        }
    }

    /// <summary>Tries until the log has it; each try has the same command id, so that it is there once.</summary>
    private async Task WriteAsync(AuditedAction action, CancellationToken stopping)
    {
        try
        {
            for (var pause = Pause; await RecordAsync(action) is not Done; pause = pause * 2 < LastPause ? pause * 2 : LastPause)
            {
                await Task.Delay(pause, clock, stopping);
            }
        }
        catch (Exception fault)
        {
            Lose(action, fault is OperationCanceledException ? null : fault);
        }
    }

    private Task<IReply> RecordAsync(AuditedAction action) => gateway.AskAsync(AuditLog.Address, new RecordAction(action), action.Id.ToString("N"));

    private void Lose(AuditedAction action, Exception? why = null)
    {
        Lost.Add(1);
        NotWritten(log, why, action.Action, action.Result, action.RequestId);
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "The audit log did not take {Action} ({Result}) of request {RequestId}; the entry is lost.")]
    private static partial void NotWritten(ILogger log, Exception? why, string action, AuditResult result, string? requestId);
}
