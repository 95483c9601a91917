using WildNOut.Actors.Battles;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Endpoints;

/// <summary>Gathers what is missing in a body, all of it at once.</summary>
internal sealed class Fields
{
    private Dictionary<string, string>? _faults;

    /// <summary>The problem, or null when nothing is missing.</summary>
    public Problem? Problem => _faults is null ? null : Problem.Invalid(_faults);

    /// <summary>Notes a field that is missing.</summary>
    public Fields Require(string name, object? value)
    {
        if (value is null)
        {
            Fault(name, "is required");
        }

        return this;
    }

    /// <summary>Notes a fault.</summary>
    public void Fault(string name, string problem) => (_faults ??= new Dictionary<string, string>(StringComparer.Ordinal)).TryAdd(name, problem);

    /// <summary>Notes what is missing in rules.</summary>
    public Fields RequireIn(RulesRequest? rules)
    {
        RequireIn("rules.textLimits", rules?.TextLimits);
        RequireIn("rules.voteScale", rules?.VoteScale);
        return this;
    }

    /// <summary>The rules that a complete request asks for.</summary>
    public static BattleRules? ToRules(RulesRequest? request)
    {
        if (request is null)
        {
            return null;
        }

        var rules = BattleRules.Default;
        return new BattleRules
        {
            AllowedTypes = request.AllowedTypes ?? rules.AllowedTypes,
            TextLimits = ToBounds(request.TextLimits) ?? rules.TextLimits,
            MaxEntries = request.MaxEntries,
            AllowSelfVote = request.AllowSelfVote ?? rules.AllowSelfVote,
            VoteScale = ToBounds(request.VoteScale) ?? rules.VoteScale,
            Weighting = request.Weighting ?? rules.Weighting,
        };
    }

    private static Bounds? ToBounds(BoundsRequest? bounds) => bounds is { Min: { } min, Max: { } max } ? new Bounds(min, max) : null;

    private void RequireIn(string name, BoundsRequest? bounds)
    {
        if (bounds is not null)
        {
            Require(name + ".min", bounds.Min);
            Require(name + ".max", bounds.Max);
        }
    }
}
