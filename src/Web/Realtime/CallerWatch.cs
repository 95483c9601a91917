using WildNOut.Web.Identity;

namespace WildNOut.Web.Realtime;

/// <summary>
/// Ends the connections of people whose session has ended, or who gave their account up. Requests are judged one by one; a connection shows its token when it opens, and
/// would live on until that expires.
/// </summary>
internal sealed class CallerWatch(ArenaConnections connections, EndedSessions ended, UserStandings standings, TimeProvider clock) : BackgroundService
{
    /// <summary>The pause between two looks at all connections of the node.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            connections.CloseThose(principal => ended.Has(principal.SessionId) || standings.Of(principal.Caller.UserId).Deleted);
        }
    }
}
