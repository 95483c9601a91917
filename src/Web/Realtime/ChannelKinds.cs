using System.Text.RegularExpressions;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Realtime;

/// <summary>Which channels there are, and who may read each.</summary>
public static partial class ChannelKinds
{
    private delegate Rejection? Rule(Match name, Caller? caller);

    private static readonly (Regex Name, Rule Judge)[] Kinds =
    [
        (BattlesName(), (_, _) => null),
        (BattleName(), (_, _) => null),
        (TokenName(), (_, _) => null),
        (UserName(), (name, caller) => OnlyFor(caller, name.Groups["id"].Value)),
        (ModerationName(), (_, caller) => OnlyForModerators(caller)),
        (LaterName(), (_, _) => Rejection.NotFound("channel")),
    ];

    /// <summary>Whether the caller may read the channel; null when so. <paramref name="caller"/> is null for anonymous connections.</summary>
    public static Rejection? Judge(string? channel, Caller? caller)
    {
        foreach (var (name, judge) in Kinds)
        {
            if (name.Match(channel ?? "") is { Success: true } match)
            {
                return judge(match, caller);
            }
        }

        return Rejection.Invalid("channel", "Not the name of a channel, such as battles or battle:{id} with the id in lower case.");
    }

    private static Rejection? OnlyFor(Caller? caller, string userId) =>
        caller is null ? HubErrors.Unauthorized : Access.OfOwner(caller, userId, others: null, owner: "user whose channel it is");

    private static Rejection? OnlyForModerators(Caller? caller) =>
        caller is null ? HubErrors.Unauthorized : Access.OfRole(caller, Role.Moderator);

    [GeneratedRegex(@"^battles\z")]
    private static partial Regex BattlesName();

    [GeneratedRegex(@"^battle:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z")]
    private static partial Regex BattleName();

    [GeneratedRegex(@"^token\z")]
    private static partial Regex TokenName();

    [GeneratedRegex(@"^user:(?<id>[^:\s]{1,128})\z")]
    private static partial Regex UserName();

    [GeneratedRegex(@"^moderation\z")]
    private static partial Regex ModerationName();

    [GeneratedRegex(@"^(content:[0-9a-f-]{36}|chat:[^:\s]{1,64}|user:[^:\s]{1,128}:followers)\z")]
    private static partial Regex LaterName();
}
