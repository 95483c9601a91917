namespace WildNOut.Chain.Devnet;

/// <summary>What one server of the devnet does wrong. Faults are switched while it runs, from any thread; each fault has one rule at a time.</summary>
/// <param name="seed">Where chance comes from.</param>
public sealed class DevnetFaults(int seed = 1)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DevnetFault, Active> _active = [];
    private readonly Dictionary<DevnetFault, int> _struck = [];
    private readonly Random _chance = new(seed);

    /// <summary>Begins a fault, or gives it another rule.</summary>
    public void Set(DevnetFault fault, FaultRule? rule = null)
    {
        lock (_gate)
        {
            _active[fault] = new Active(rule ?? new FaultRule());
        }
    }

    /// <summary>Ends a fault.</summary>
    public void Clear(DevnetFault fault)
    {
        lock (_gate)
        {
            _active.Remove(fault);
        }
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _active.Clear();
        }
    }

    /// <summary>How many times a fault has struck so far.</summary>
    public int Struck(DevnetFault fault)
    {
        lock (_gate)
        {
            return _struck.GetValueOrDefault(fault);
        }
    }

    /// <summary>Whether a fault strikes now, and the rule that it follows; null when it does not.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="method">What was asked.</param>
    /// <param name="due">What else must hold for it to strike; null for nothing.</param>
    internal FaultRule? Strikes(DevnetFault fault, string method, Func<FaultRule, bool>? due = null)
    {
        lock (_gate)
        {
            if (!_active.TryGetValue(fault, out var active) || !Concerns(active.Rule, fault, method) || due?.Invoke(active.Rule) == false)
            {
                return null;
            }

            if (active.Times >= active.Rule.Count || _chance.NextDouble() >= active.Rule.Probability)
            {
                return null;
            }

            active.Times++;
            _struck[fault] = _struck.GetValueOrDefault(fault) + 1;
            return active.Rule;
        }
    }

    /// <summary>A number from 0 to below a bound.</summary>
    internal int Chance(int below)
    {
        lock (_gate)
        {
            return _chance.Next(below);
        }
    }

    private static bool Concerns(FaultRule rule, DevnetFault fault, string method) => rule.Method is { } only
        ? only == method
        : fault != DevnetFault.WrongMint || method is "getTokenAccountsByOwner" or "getProgramAccounts";

    private sealed class Active(FaultRule rule)
    {
        public FaultRule Rule { get; } = rule;

        public int Times { get; set; }
    }
}
