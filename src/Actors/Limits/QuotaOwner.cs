using Akka.Actor;
using WildNOut.Actors.Engine;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Actors.Limits;

/// <summary>
/// Owns the allowances of a part of all callers, in memory. When it first hears of one, it has every web node say what it has given out and give out
/// no more; from then on every permit of that window is leased from here. So it starts anew, on another node too, without having to remember. When
/// nothing is left, it takes back what nodes hold before it says so.
/// </summary>
public sealed class QuotaOwner : UntypedActor, IWithTimers
{
    /// <summary>How long nodes have to say what they have given out. One that does not is taken to have given out all it had.</summary>
    public static readonly TimeSpan ReportWithin = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    /// <summary>Nodes whose clocks are behind may ask for a while after the end of a window.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock;
    private readonly Func<IReadOnlyList<WebNode>> _nodes;
    private readonly Dictionary<Allowance, Account> _accounts = [];
    private readonly Dictionary<(string Rule, string Key), Dictionary<string, Failures>> _failures = [];
    private readonly HashSet<Allowance> _open = [];
    private long _round;

    /// <summary>Use <see cref="Props(TimeProvider, Func{IReadOnlyList{WebNode}})"/>.</summary>
    public QuotaOwner(TimeProvider clock, Func<IReadOnlyList<WebNode>>? nodes)
    {
        _clock = clock;
        var system = Context.System;
        _nodes = nodes ?? (() => WebNodes.Of(system));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>An owner.</summary>
    /// <param name="clock">Tells the time.</param>
    /// <param name="nodes">The web nodes at present; null for those of the cluster.</param>
    public static Props Props(TimeProvider clock, Func<IReadOnlyList<WebNode>>? nodes = null) => Akka.Actor.Props.Create(() => new QuotaOwner(clock, nodes));

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(RoundTick.Instance, RoundTick.Instance, Tick);
        Timers.StartPeriodicTimer(SweepTick.Instance, SweepTick.Instance, SweepEvery);
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Envelope envelope: OnReceive(envelope.Message); break;
            case LeasePermits lease: Lease(lease); break;
            case PermitsRecalled recalled: Recalled(recalled); break;
            case ReportFailures report: Note(report.Rule, report.Key, report.Node, report.Failures); break;
            case RoundTick: EndLateRounds(); break;
            case SweepTick: Sweep(); break;
            case StopEntity: Context.Stop(Self); break;
            default: Unhandled(message); break;
        }
    }

    private void Lease(LeasePermits lease)
    {
        if (!_accounts.TryGetValue(lease.Of, out var account))
        {
            _accounts[lease.Of] = account = new Account(new QuotaState(lease.Limit), lease.Ends + Grace);
            var nodes = _nodes();
            foreach (var node in nodes)
            {
                account.Quota.Assume(node.Id, lease.Unasked);
            }

            Recall(lease.Of, account, nodes, [.. nodes.Select(node => node.Id)]);
        }

        account.Waiting.Enqueue((Sender, lease));
        Serve(lease.Of, account);
    }

    /// <summary>Asks those who may hold permits; nobody waits for one that cannot answer.</summary>
    private void Recall(Allowance of, Account account, IReadOnlyList<WebNode> nodes, IReadOnlyList<string> holders)
    {
        var round = new Round(++_round, _clock.GetUtcNow() + ReportWithin);
        foreach (var holder in holders)
        {
            if (nodes.FirstOrDefault(node => node.Id == holder) is { Reachable: true } node)
            {
                round.Missing.Add(holder);
                node.Keeper.Tell(new RecallPermits(of, round.Number), Self);
            }
            else
            {
                account.Quota.WriteOff(holder);
            }
        }

        if (round.Missing.Count > 0)
        {
            account.Round = round;
            _open.Add(of);
        }
    }

    private void Recalled(PermitsRecalled recalled)
    {
        if (recalled.Failures is { } failures)
        {
            Note(recalled.Of.Rule, recalled.Of.Key, recalled.Node, failures);
        }

        // A late answer of an earlier round tells of what was given out before the node was granted more.
        if (_accounts.TryGetValue(recalled.Of, out var account) && account.Round is { } round && round.Number == recalled.Round && round.Missing.Remove(recalled.Node))
        {
            account.Quota.Recalled(recalled.Node, recalled.Used);
            EndRound(recalled.Of, account);
        }
    }

    private void EndLateRounds()
    {
        var now = _clock.GetUtcNow();
        foreach (var of in _open.Where(of => _accounts[of].Round!.Until <= now).ToList())
        {
            var account = _accounts[of];
            foreach (var node in account.Round!.Missing)
            {
                account.Quota.WriteOff(node);
            }

            account.Round.Missing.Clear();
            EndRound(of, account);
        }
    }

    private void EndRound(Allowance of, Account account)
    {
        if (account.Round is { Missing.Count: 0 })
        {
            account.Round = null;
            _open.Remove(of);
            Serve(of, account);
        }
    }

    private void Serve(Allowance of, Account account)
    {
        while (account.Round is null && account.Waiting.TryPeek(out var next))
        {
            var (sender, lease) = next;
            var locked = LockedUntil(lease);
            var granted = locked is null ? account.Quota.Lease(lease.Node, lease.Used, lease.Want) : lease.Used;
            var nothing = locked is null && granted <= lease.Used;
            if (nothing && account.Quota.Holders() is { Count: > 0 } holders)
            {
                Recall(of, account, _nodes(), holders);
                continue;
            }

            account.Waiting.Dequeue();
            sender.Tell(new PermitsLeased(of, granted, account.Quota.Others(lease.Node), nothing, locked));
        }
    }

    private DateTimeOffset? LockedUntil(LeasePermits lease) =>
        lease.FailuresToLock is { } limit && _failures.TryGetValue((lease.Of.Rule, lease.Of.Key), out var byNode)
            ? LockOutRules.Until(byNode.Values, limit, _clock.GetUtcNow())
            : null;

    private void Note(string rule, string key, string node, Failures failures)
    {
        if (!_failures.TryGetValue((rule, key), out var byNode))
        {
            _failures[(rule, key)] = byNode = new(StringComparer.Ordinal);
        }

        byNode[node] = failures;
    }

    private void Sweep()
    {
        var now = _clock.GetUtcNow();
        foreach (var (of, _) in _accounts.Where(pair => pair.Value.Until <= now && pair.Value.Round is null).ToList())
        {
            _accounts.Remove(of);
        }

        foreach (var (who, byNode) in _failures.Where(pair => !pair.Value.Values.Any(some => LockOutRules.Counts(some, now))).ToList())
        {
            _failures.Remove(who);
        }
    }

    /// <summary>One allowance, and who waits for permits of it while nodes are asked.</summary>
    private sealed class Account(QuotaState quota, DateTimeOffset until)
    {
        public QuotaState Quota => quota;

        public DateTimeOffset Until => until;

        public Queue<(IActorRef Sender, LeasePermits Lease)> Waiting { get; } = new();

        public Round? Round { get; set; }
    }

    /// <summary>Nodes that have not yet said what they have given out.</summary>
    private sealed record Round(long Number, DateTimeOffset Until)
    {
        public HashSet<string> Missing { get; } = new(StringComparer.Ordinal);
    }

    private sealed class RoundTick : INoSerializationVerificationNeeded
    {
        public static readonly RoundTick Instance = new();
    }

    private sealed class SweepTick : INoSerializationVerificationNeeded
    {
        public static readonly SweepTick Instance = new();
    }
}
