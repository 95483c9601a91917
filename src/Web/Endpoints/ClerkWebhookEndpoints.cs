using System.Text.Json;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Identity.Clerk;

namespace WildNOut.Web.Endpoints;

/// <summary>
/// What Clerk tells of its users and sessions. A message may come late, twice and out of order: what it says has a version, a deletion and the end of a session are final, and
/// whoever is told knows that durably, so a repeat finds nothing to do. Anything but a success makes the sender try again.
/// </summary>
/// <param name="gateway">Asks the users.</param>
/// <param name="signature">Judges who sent it.</param>
/// <param name="ended">Ends sessions.</param>
/// <param name="reader">Reads users.</param>
internal sealed class ClerkWebhookEndpoints(EntityGateway gateway, WebhookSignature signature, EndedSessions ended, ClerkUsers reader)
{
    private const string By = "identity-provider";

    /// <summary>Maps the route.</summary>
    public static void Map(IEndpointRouteBuilder api, EntityGateway gateway, WebhookSignature signature, EndedSessions ended, ClerkUsers reader) =>
        api.MapPost("/webhooks/clerk", new ClerkWebhookEndpoints(gateway, signature, ended, reader).TakeAsync).WithTags("Sign-in").WithMetadata(new IgnoresTokens())
            .Takes<ClerkWebhook>().GivesNothing().GivesProblems(400, 413, 415, 422, 503)
            .Says("clerkWebhook", "Hear of users and sessions from Clerk", "Signed as Svix does, with svix-* or webhook-* headers; 422 invalid_signature (details.reason: missing_headers, malformed, out_of_time, mismatch). "
                + "Understood: user.created, user.updated, user.deleted, session.ended, session.removed, session.revoked; the rest is taken and ignored.");

    private async Task<IResult> TakeAsync(HttpContext http, CancellationToken cancellation)
    {
        var body = await RawBody.ReadAsync(http.Request);
        if (signature.Judge(http.Request.Headers, body) is { } fault)
        {
            return new Problem(
                StatusCodes.Status422UnprocessableEntity, "invalid_signature", "The signature of the message does not hold.",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()) });
        }

        try
        {
            return JsonSerializer.Deserialize(body, ClerkJson.Default.ClerkWebhook) is { } message
                ? await ActAsync(message)
                : Problem.Invalid("body", "must be an object, not null");
        }
        catch (JsonException)
        {
            return Problem.Malformed("The message is signed, and not in the form of Clerk's.");
        }
    }

    private async Task<IResult> ActAsync(ClerkWebhook message) => message.Type switch
    {
        "user.created" or "user.updated" => await LearnAsync(message, message.Read(ClerkJson.Default.ClerkUser)),
        "user.deleted" => await DeleteAsync(message.Read(ClerkJson.Default.ClerkUser)),
        "session.ended" or "session.removed" or "session.revoked" => await EndAsync(message.Read(ClerkJson.Default.ClerkSession)),
        _ => TypedResults.NoContent(),
    };

    private async Task<IResult> LearnAsync(ClerkWebhook message, ClerkUser user)
    {
        if (!ClerkUsers.IsId(user.Id))
        {
            return NoId();
        }

        return reader.Read(user, message.Timestamp) is { } learn
            ? Answer(await gateway.AskAsync(UserRegions.OfUser(user.Id!), learn))
            : Problem.Invalid("timestamp", "is required, here or as data.updated_at, in Unix milliseconds");
    }

    private async Task<IResult> DeleteAsync(ClerkUser user) =>
        ClerkUsers.IsId(user.Id) ? Answer(await gateway.AskAsync(UserRegions.OfUser(user.Id!), new DeleteUser(By))) : NoId();

    private async Task<IResult> EndAsync(ClerkSession session) => ClerkUsers.IsId(session.Id) ? Answer(await ended.EndAsync(session.Id!)) : NoId();

    private static IResult Answer(IReply reply) => reply is Done ? TypedResults.NoContent() : Replies.Refuse(reply);

    private static Problem NoId() => Problem.Invalid("data.id", $"must have 1 to {SignedTokens.MaxUserId} characters, none of them a control character");
}
