using System.Globalization;
using System.Threading.Channels;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Users;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;

namespace WildNOut.Web.Identity;

/// <summary>
/// Tells users that they were here, once a day and node: so a user exists from the first request on, and days in a row are counted. No request waits for it. The queue is
/// bounded, and whoever empties it takes its time; who finds it full is noted with a later request, and a vote makes its voter exist in any case.
/// </summary>
public sealed class Arrivals(EntityGateway gateway, TimeProvider clock) : BackgroundService
{
    private const int MostWaiting = 2_000;
    private const int MostRemembered = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<(string UserId, DateTimeOffset At)> _queue =
        Channel.CreateBounded<(string, DateTimeOffset)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private volatile Day _today = new(default);

    /// <summary>A user sent a request.</summary>
    public void Note(string userId)
    {
        var now = clock.GetUtcNow();
        if (now.UtcDateTime.Date != _today.Date)
        {
            _today = new Day(now.UtcDateTime.Date);
        }

        var seen = _today.Seen;
        if (!seen.TryGet(userId, out _) && _queue.Writer.TryWrite((userId, now)))
        {
            seen.Add(userId, true);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var duty = new DutyCycle(DutyCycle.Brisk, clock);
        await foreach (var (userId, at) in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            await duty.RunAsync(() => TellAsync(userId, at, stoppingToken), stoppingToken);
        }
    }

    /// <summary>Tells one user. A node that stops does not wait for an answer.</summary>
    private async Task TellAsync(string userId, DateTimeOffset at, CancellationToken stop)
    {
        var deed = new Deed(DeedKind.DaySeen, at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Instants.Truncate(at));
        if (await gateway.AskAsync(UserRegions.OfUser(userId), RecordDeeds.Of(deed)).WaitAsync(stop) is Unavailable)
        {
            if (!_queue.Writer.TryWrite((userId, at)))
            {
                _today.Seen.Remove(userId);
            }

            await Task.Delay(Pause, clock, stop);
        }
    }

    private sealed class Day(DateTime date)
    {
        public DateTime Date => date;

        public RecentMap<string, bool> Seen { get; } = new(MostRemembered);
    }
}
