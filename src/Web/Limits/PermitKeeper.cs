using Akka.Actor;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Limits;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Web.Limits;

/// <summary>
/// One a web node: asks owners for permits on behalf of requests that wait, tells owners what this node has given out, and knows who is locked out.
/// While an owner does not answer, this node gives out its own part of a limit: never an error, and never without a limit.
/// </summary>
public sealed class PermitKeeper : UntypedActor, IWithTimers
{
    /// <summary>How long an owner may take; longer than it waits for other nodes.</summary>
    public static readonly TimeSpan Patience = QuotaOwner.ReportWithin + TimeSpan.FromSeconds(1);

    /// <summary>How long an owner that did not answer is left alone, so that nobody waits for it meanwhile.</summary>
    public static readonly TimeSpan LeaveAlone = TimeSpan.FromSeconds(2);

    /// <summary>The most callers whose failures are remembered here; those beyond it are held by the rule alone.</summary>
    public const int MostFailing = 100_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, LimitRule> _rules;
    private readonly RateLimiter _limiter;
    private readonly Action<EntityAddress, IMessage> _send;
    private readonly LimitMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly string _node;
    private readonly Dictionary<Allowance, Asking> _asking = [];
    private readonly DateTimeOffset[] _silentUntil = new DateTimeOffset[LimitsSetup.Owners];
    private readonly FailureBook _failures = new(MostFailing);

    /// <summary>Use <see cref="Props"/>.</summary>
    public PermitKeeper(string node, LimitRules rules, RateLimiter limiter, ShardRegions regions, LimitMetrics metrics, TimeProvider clock)
    {
        _node = node;
        _rules = rules.All.ToDictionary(rule => rule.Name, StringComparer.Ordinal);
        (_limiter, _metrics, _clock) = (limiter, metrics, clock);
        var self = Self;
        _send = (to, message) => regions[to.Region].Tell(new Envelope(to.EntityId, message), self);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The keeper of this node.</summary>
    /// <param name="node">What the node is called; see <see cref="WebNodes.IdOf"/>.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="limiter">Who knows how many nodes there are.</param>
    /// <param name="regions">The way to the owners.</param>
    /// <param name="metrics">What is measured.</param>
    /// <param name="clock">Tells the time.</param>
    public static Props Props(string node, LimitRules rules, RateLimiter limiter, ShardRegions regions, LimitMetrics metrics, TimeProvider clock) =>
        Akka.Actor.Props.Create(() => new PermitKeeper(node, rules, limiter, regions, metrics, clock));

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer(PatienceTick.Instance, PatienceTick.Instance, Tick);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Take take: Admit(take); break;
            case PermitsLeased leased: Leased(leased); break;
            case RecallPermits recall: Recall(recall); break;
            case Fail fail: Failed(fail); break;
            case PatienceTick: LosePatience(); break;
            default: Unhandled(message); break;
        }
    }

    private void Admit(Take take)
    {
        if (Ask(take) is { Sent: false } asking)
        {
            Send(asking);
        }
    }

    /// <summary>Admits or refuses a request, or has it wait for the owner.</summary>
    /// <returns>What it waits for; null when it is settled.</returns>
    private Asking? Ask(Take take)
    {
        var now = _clock.GetUtcNow();
        if (take.Rule.Guarded && _failures.LockedUntil(take.Rule, take.Key, now) is { } until)
        {
            take.Promise.TrySetResult(LockedOut(until, now));
            return null;
        }

        var count = take.Rule.Counts.Take(take.Key, now.ToUnixTimeMilliseconds(), take.Rule.Unasked(_limiter.Nodes));
        if (count.Verdict != Verdict.Lacking)
        {
            take.Promise.TrySetResult(RateLimiter.AdmissionOf(take.Rule, count, now.ToUnixTimeMilliseconds()));
            return null;
        }

        var of = new Allowance(take.Rule.Name, take.Key.Name, count.Window);
        if (!_asking.TryGetValue(of, out var asking))
        {
            if (now < _silentUntil[OwnerOf(take.Key)])
            {
                GiveOwnPart(take, count.Window, now);
                return null;
            }

            _asking[of] = asking = new Asking(of, take.Rule, take.Key);
        }

        (asking.Used, asking.Ends) = (count.Used, count.Ends);
        asking.Waiting.Add(take);
        return asking;
    }

    private void Send(Asking asking)
    {
        asking.Sent = true;
        asking.Until = _clock.GetUtcNow() + Patience;
        _metrics.Leased();
        _send(AddressOf(asking.Key), new LeasePermits(
            _node, asking.Of, DateTimeOffset.FromUnixTimeMilliseconds(asking.Ends), asking.Rule.Max, asking.Rule.Unasked(Math.Max(2, _limiter.Nodes)),
            asking.Used, asking.Waiting.Count, asking.Rule.Guarded ? asking.Rule.Max : null));
    }

    private void Leased(PermitsLeased leased)
    {
        if (!_asking.Remove(leased.Of, out var asking))
        {
            return;
        }

        _silentUntil[OwnerOf(asking.Key)] = default;
        if (leased.LockedUntil is { } until)
        {
            _failures.Lock(asking.Rule, asking.Key, until);
        }
        else
        {
            asking.Rule.Counts.Grant(asking.Key, leased.Of.Window, leased.Granted, leased.Others, leased.Spent);
        }

        // Those that are still waiting are asked for together; they are of two windows when one ends just now.
        HashSet<Asking> next = [.. asking.Waiting.Select(Ask).OfType<Asking>().Where(still => !still.Sent)];
        foreach (var still in next)
        {
            Send(still);
        }
    }

    private void Recall(RecallPermits recall)
    {
        var now = _clock.GetUtcNow();
        if (_rules.TryGetValue(recall.Of.Rule, out var rule) && CallerKey.TryParse(recall.Of.Key, out var key))
        {
            var used = rule.Counts.Freeze(key, recall.Of.Window, now.ToUnixTimeMilliseconds());
            Sender.Tell(new PermitsRecalled(_node, recall.Of, recall.Round, used, rule.Guarded ? _failures.Of(rule, key, now) : null));
        }
    }

    private void Failed(Fail fail)
    {
        if (_failures.Add(fail.Rule, fail.Key, fail.At) is { } failures)
        {
            _send(AddressOf(fail.Key), new ReportFailures(_node, fail.Rule.Name, fail.Key.Name, failures));
        }
    }

    private void LosePatience()
    {
        var now = _clock.GetUtcNow();
        _failures.Sweep(now);
        foreach (var asking in _asking.Values.Where(asking => asking.Until <= now).ToList())
        {
            _asking.Remove(asking.Of);
            _silentUntil[OwnerOf(asking.Key)] = now + LeaveAlone;
            foreach (var take in asking.Waiting)
            {
                GiveOwnPart(take, asking.Of.Window, now);
            }
        }
    }

    private void GiveOwnPart(Take take, long window, DateTimeOffset now)
    {
        _metrics.Alone();
        take.Rule.Counts.GrantAtLeast(take.Key, window, Math.Max(1, take.Rule.Max / _limiter.Nodes));
        var count = take.Rule.Counts.Take(take.Key, now.ToUnixTimeMilliseconds(), take.Rule.Unasked(_limiter.Nodes));
        take.Promise.TrySetResult(RateLimiter.AdmissionOf(take.Rule, count, now.ToUnixTimeMilliseconds()));
    }

    private static Admission LockedOut(DateTimeOffset until, DateTimeOffset now) =>
        new(Admitted: false, 0, (int)Math.Max(1, Math.Ceiling((until - now).TotalSeconds)), LockedOut: true);

    private static int OwnerOf(CallerKey key) => key.PlaceOf(LimitsSetup.Owners);

    private static EntityAddress AddressOf(CallerKey key) => new(Names.Regions.Limits, OwnerOf(key).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A request wants a permit.</summary>
    internal sealed record Take(LimitRule Rule, CallerKey Key, TaskCompletionSource<Admission> Promise) : INoSerializationVerificationNeeded;

    /// <summary>An attempt failed.</summary>
    internal sealed record Fail(LimitRule Rule, CallerKey Key, DateTimeOffset At) : INoSerializationVerificationNeeded;

    /// <summary>An owner is being asked, and these requests wait for it.</summary>
    private sealed class Asking(Allowance of, LimitRule rule, CallerKey key)
    {
        public Allowance Of => of;

        public LimitRule Rule => rule;

        public CallerKey Key => key;

        public List<Take> Waiting { get; } = [];

        public bool Sent { get; set; }

        public int Used { get; set; }

        public long Ends { get; set; }

        public DateTimeOffset Until { get; set; } = DateTimeOffset.MaxValue;
    }

    private sealed class PatienceTick : INoSerializationVerificationNeeded
    {
        public static readonly PatienceTick Instance = new();
    }
}
