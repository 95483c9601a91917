using Akka.Actor;
using Akka.Event;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Wallets;

namespace WildNOut.Chain.Wallets;

/// <summary>
/// Reads what linked wallets hold: once they are linked, when <see cref="WalletTables.TouchAsync"/> says that something happened to them, and every ten
/// minutes. One in the cluster; which wallets are due is in the read model, so nothing is lost when it moves to another node.
/// </summary>
public sealed class HoldingsRefresher : ReceiveActor, IWithTimers
{
    /// <summary>The most wallets that are read at once.</summary>
    public const int UnderWay = 8;

    /// <summary>How long a reading is fresh.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>When a wallet is tried again that could not be read.</summary>
    public static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WalletTables _wallets;
    private readonly ShardRegions _regions;
    private readonly IHoldingsReader _reader;
    private readonly TimeProvider _clock;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private bool _looking;

    /// <summary>See <see cref="Props"/>.</summary>
    public HoldingsRefresher(WalletTables wallets, ShardRegions regions, IHoldingsReader reader, TimeProvider clock)
    {
        _wallets = wallets;
        _regions = regions;
        _reader = reader;
        _clock = clock;
        Receive<Look>(_ => OnLook());
        Receive<Due>(OnDue);
        Receive<Finished>(OnFinished);
        Receive<Status.Failure>(OnFailure);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How the singleton is made.</summary>
    public static Props Props(WalletTables wallets, ShardRegions regions, IHoldingsReader reader, TimeProvider clock) =>
        Akka.Actor.Props.Create(() => new HoldingsRefresher(wallets, regions, reader, clock));

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer(Look.Instance, Look.Instance, TimeSpan.Zero, Tick);

    private void OnLook()
    {
        if (_looking || _underWay.Count >= UnderWay)
        {
            return;
        }

        _looking = true;
        FindAsync(_wallets, _clock.GetUtcNow()).PipeTo(Self);
    }

    private void OnDue(Due due)
    {
        _looking = false;
        foreach (var wallet in due.Wallets.Where(wallet => !_underWay.Contains(wallet.Address)).Take(UnderWay - _underWay.Count).ToList())
        {
            _underWay.Add(wallet.Address);
            RefreshAsync(wallet).PipeTo(
                Self, success: () => new Finished(wallet.Address, null), failure: fault => new Finished(wallet.Address, fault));
        }
    }

    private void OnFinished(Finished finished)
    {
        _underWay.Remove(finished.Address);
        if (finished.Fault is not null)
        {
            _log.Warning(finished.Fault, "The wallet {0} could not be refreshed; it is tried again.", finished.Address);
        }

        OnLook();
    }

    private void OnFailure(Status.Failure failure)
    {
        _looking = false;
        _log.Warning(failure.Cause, "The refresher cannot see which wallets are due; it looks again.");
    }

    private static async Task<Due> FindAsync(WalletTables wallets, DateTimeOffset now) => new(await wallets.DueAsync(now, 2 * UnderWay));

    /// <summary>Reads one wallet and passes the reading on. Should this go on after the singleton has moved, it does no harm: readings are absolute and have their slot.</summary>
    private async Task RefreshAsync(DueWallet wallet)
    {
        var user = WalletRegions.OfUser(wallet.UserId);
        try
        {
            var held = await _reader.ReadAsync(wallet.Address, CancellationToken.None);
            var set = new SetHoldings(wallet.Address, held.Amount, held.Slot, held.Decimals);
            var reply = await _regions.AskAsync(user, set, Patience);
            if (reply is Unavailable)
            {
                throw new TimeoutException("The user's wallets did not take the reading.");
            }

            var now = _clock.GetUtcNow();
            _regions.Tell(user, new HoldingsChecked(wallet.Address, held.Slot, Instants.Truncate(now)));
            await _wallets.PostponeAsync(wallet, now + Fresh);
        }
        catch (Exception)
        {
            var now = _clock.GetUtcNow();
            _regions.Tell(user, new HoldingsChecked(wallet.Address, null, Instants.Truncate(now)));
            await _wallets.PostponeAsync(wallet, now + AgainAfter);
            throw;
        }
    }

    private sealed class Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }

    private sealed record Due(IReadOnlyList<DueWallet> Wallets) : INoSerializationVerificationNeeded;

    private sealed record Finished(string Address, Exception? Fault) : INoSerializationVerificationNeeded;
}
