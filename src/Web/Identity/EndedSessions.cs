using System.Collections.Concurrent;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Identity;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Identity;

/// <summary>
/// The sessions that ended before their tokens, as this node knows them: it reads the cluster's list once a second, so that a request asks nobody. While the list cannot be
/// read, what is known stays known; the tokens of a session are short-lived and its issuer makes no new ones.
/// </summary>
/// <param name="gateway">Asks the list.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Where it is noted that the list cannot be read.</param>
public sealed class EndedSessions(EntityGateway gateway, TimeProvider clock, ILogger<EndedSessions> logger) : BackgroundService
{
    /// <summary>The pause between two readings: as long a session that was ended elsewhere may live on here.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a node that starts may take to join the cluster, in which nobody answers yet.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _latest;

    /// <summary>Whether a session has ended; false for a token that names none.</summary>
    public bool Has(string? sessionId) => sessionId is not null && _ended.ContainsKey(sessionId);

    /// <summary>Whether the list was read once: before that, a session that is not on it may have ended all the same.</summary>
    public bool IsKnown => _read.Task.IsCompleted;

    /// <summary>Waits, not for long, until the list was read once.</summary>
    /// <returns>False when it cannot be read.</returns>
    public async ValueTask<bool> KnownAsync(CancellationToken cancellation)
    {
        if (IsKnown)
        {
            return true;
        }

        try
        {
            await _read.Task.WaitAsync(Patience, clock, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Ends a session for the whole cluster, here at once.</summary>
    /// <returns><see cref="Done"/>, or what kept it away.</returns>
    public async Task<IReply> EndAsync(string sessionId)
    {
        var reply = await gateway.AskAsync(IdentityRegions.SignOuts, new SignOut(sessionId));
        if (reply is Done)
        {
            _ended.TryAdd(sessionId, clock.GetUtcNow());
        }

        return reply;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        var (readable, started, forgot) = (true, clock.GetTimestamp(), clock.GetTimestamp());
        do
        {
            var read = await ReadAsync(stoppingToken);
            if (read != readable && (read || IsKnown || clock.GetElapsedTime(started) > Start))
            {
                readable = read;
                logger.Log(read ? LogLevel.Information : LogLevel.Warning, "The list of ended sessions is {State}.", read ? "read again" : "out of reach; what is known stays known");
            }

            if (clock.GetElapsedTime(forgot) > ForgetAfter)
            {
                Forget(clock.GetUtcNow() - SignOutsState.Kept);
                forgot = clock.GetTimestamp();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Reads what is new, page by page. A node that stops does not wait for an answer.</summary>
    private async Task<bool> ReadAsync(CancellationToken stopping)
    {
        while (await gateway.AskAsync(IdentityRegions.SignOuts, new GetSignOuts(_latest)).WaitAsync(stopping) is SignOuts page)
        {
            foreach (var item in page.Items)
            {
                _ended[item.SessionId] = item.At;
            }

            _latest = page.Items is [.., var last] ? last.Number : page.Latest;
            if (_latest >= page.Latest)
            {
                _read.TrySetResult();
                return true;
            }
        }

        return false;
    }

    private void Forget(DateTimeOffset before)
    {
        foreach (var ended in _ended)
        {
            if (ended.Value <= before)
            {
                _ended.TryRemove(ended);
            }
        }
    }
}
