using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>
/// What a ballot box asks of the edge before it takes a vote that weighs by holdings. It comes as a refusal, so that battles in which all votes weigh alike,
/// which are nearly all, cost nothing more than the vote.
/// </summary>
/// <param name="Weighting">How the vote weighs.</param>
/// <param name="Opened">When voting began: what the voter held right before that counts, whatever happened since.</param>
public sealed record WeightDemand(VoteWeighting Weighting, DateTimeOffset Opened)
{
    private const string Code = "weight_needed";

    /// <summary>The demand as a refusal; it never leaves the platform.</summary>
    public Rejection ToRejection() => new(
        RejectionKind.Unprocessable,
        Code,
        "The battle weighs votes.",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["weighting"] = WireEnum<VoteWeighting>.Name(Weighting),
            ["opened"] = Opened.ToString("O", CultureInfo.InvariantCulture),
        });

    /// <summary>Tells a demand from other replies.</summary>
    public static bool TryRead(IReply reply, [NotNullWhen(true)] out WeightDemand? demand)
    {
        demand = reply is Rejection { Code: Code, Details: { } details } && WireEnum<VoteWeighting>.TryParse(details["weighting"], out var weighting)
            ? new WeightDemand(weighting, DateTimeOffset.ParseExact(details["opened"], "O", CultureInfo.InvariantCulture))
            : null;
        return demand is not null;
    }
}
