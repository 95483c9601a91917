using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Web.Errors;
using WildNOut.Web.Http;

namespace WildNOut.Web.Endpoints;

/// <summary>From the gateway's replies to results.</summary>
internal static class Replies
{
    /// <summary>The result of a reply that is not the one hoped for.</summary>
    public static IResult Refuse(IReply reply) => reply switch
    {
        Rejection rejection => Problem.Of(rejection),
        Unavailable => Problem.Unavailable,
        Done { Reply: Rejection rejection } => Problem.Of(rejection),
        _ => throw new InvalidOperationException($"Nobody expects a {reply.GetType().Name} here."),
    };

    /// <summary>A battle with its tag.</summary>
    public static IResult Battle(BattleView battle, int status = StatusCodes.Status200OK, string? location = null) =>
        new Answer<BattleView>(battle, BattlesJson.Default.BattleView, status) { ETag = ETags.Of(battle), Location = location };

    /// <summary>An entry; its tag is a digest of its body.</summary>
    public static IResult Entry(EntryView entry, int status = StatusCodes.Status200OK, string? location = null) =>
        new Answer<EntryView>(entry, BattlesJson.Default.EntryView, status) { Conditional = status == StatusCodes.Status200OK, Location = location };
}
