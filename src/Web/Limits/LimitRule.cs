using System.Globalization;
using Microsoft.Extensions.Primitives;
using WildNOut.Actors.Limits;

namespace WildNOut.Web.Limits;

/// <summary>How many requests a caller may make in a window; endpoint metadata, and the counts themselves.</summary>
public sealed class LimitRule
{
    /// <summary>The policy of failures, beside a guarded rule's own.</summary>
    public const string FailuresSuffix = "-failures";

    private readonly string _prefix;
    private readonly Func<HttpContext, bool>? _passes;

    /// <summary>A rule.</summary>
    /// <param name="name">Its name in headers and between nodes.</param>
    /// <param name="max">Requests a window, at least 1.</param>
    /// <param name="window">The length of a window, whole seconds.</param>
    /// <param name="guarded">Whether failures count, and lock out.</param>
    public LimitRule(string name, int max, TimeSpan window, bool guarded = false)
        : this(name, max, window, guarded, new CountTable(max, (long)window.TotalMilliseconds), null)
    {
    }

    private LimitRule(string name, int max, TimeSpan window, bool guarded, CountTable counts, Func<HttpContext, bool>? passes)
    {
        (Name, Max, Window, Guarded, Counts, _passes) = (name, max, window, guarded, counts, passes);
        _prefix = $"\"{name}\";r=";
        var policy = Policy(name, window);
        PolicyHeader = guarded ? $"{policy}, {Policy(name + FailuresSuffix, LockOutRules.Window)}" : policy;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Requests a window.</summary>
    public int Max { get; }

    /// <summary>The length of a window.</summary>
    public TimeSpan Window { get; }

    /// <summary>Whether <see cref="Max"/> failures lock out; see <see cref="LockOutRules"/>.</summary>
    public bool Guarded { get; }

    /// <summary>What this node has counted.</summary>
    public CountTable Counts { get; }

    /// <summary>The header <c>RateLimit-Policy</c>.</summary>
    public StringValues PolicyHeader { get; }

    /// <summary>The same rule and the same counts, but for some requests that are not counted at all.</summary>
    public LimitRule Except(Func<HttpContext, bool> passes) => new(Name, Max, Window, Guarded, Counts, passes);

    /// <summary>Whether every request is counted.</summary>
    public bool CountsAll => _passes is null;

    /// <summary>Whether a request is not counted.</summary>
    public bool Passes(HttpContext http) => _passes is not null && _passes(http);

    /// <summary>What a node gives out in a window before it asks the owner: half of its part, so that what all nodes have unasked is within the limit.</summary>
    /// <param name="nodes">Web nodes. One that is alone needs nobody.</param>
    public int Unasked(int nodes) => nodes == 1 && !Guarded ? Max : Guarded ? 0 : Max / (2 * nodes);

    /// <summary>The header <c>RateLimit</c>.</summary>
    public string Header(Admission admission)
    {
        var (remaining, seconds) = (admission.Remaining.ToString(CultureInfo.InvariantCulture), admission.Seconds.ToString(CultureInfo.InvariantCulture));
        return admission.LockedOut ? $"\"{Name}{FailuresSuffix}\";r=0;t={seconds}" : string.Concat(_prefix, remaining, ";t=", seconds);
    }

    private string Policy(string name, TimeSpan window) => string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={Max};w={window.TotalSeconds:0}");
}

/// <summary>Whether a request goes on.</summary>
/// <param name="Admitted">It does.</param>
/// <param name="Remaining">Requests that are left in this window.</param>
/// <param name="Seconds">Until the next window begins, or until the lock-out ends.</param>
/// <param name="LockedOut">The caller is locked out for failures.</param>
public readonly record struct Admission(bool Admitted, int Remaining, int Seconds, bool LockedOut = false);
