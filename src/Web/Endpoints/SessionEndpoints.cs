using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Limits;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Endpoints;

/// <summary>Sessions: refresh, log out, list, end.</summary>
/// <param name="gateway">Asks the sessions.</param>
/// <param name="signedIn">Hands sessions over.</param>
/// <param name="audit">Records how sessions end.</param>
internal sealed class SessionEndpoints(EntityGateway gateway, SignedIn signedIn, AuditTrail audit)
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services, SignedIn signedIn)
    {
        var sessions = new SessionEndpoints(services.Gateway, signedIn, services.Audit);
        var group = api.MapGroup("/auth").WithTags("Sign-in");
        group.MapPost("/refresh", sessions.RefreshAsync).WithMetadata(new IgnoresTokens()).Takes<RefreshTokenRequest>()
            .Gives<SignInResponse>(200).GivesProblems(400, 401, 403, 409, 413, 415, 503)
            .Says("refreshSession", "Exchange a refresh token for the next pair of tokens", "An old refresh token ends its session (401 refresh_token_reused). A session holds for 30 days after its last refresh, 90 days at most. "
                + "A session in cookies is refreshed with an empty object, the header X-CSRF-Token and the refresh cookie; its new tokens come in cookies.");
        group.MapPost("/logout", sessions.LogOutAsync).WithMetadata(new IgnoresTokens()).Takes<RefreshTokenRequest>()
            .GivesNothing().GivesProblems(400, 401, 403, 413, 415, 503)
            .Says("logOut", "End the session of a refresh token", "Its access tokens do not hold any more within seconds. Takes the cookies of a session in cookies away.");
        group.MapGet("/sessions", sessions.ListAsync).RequireCaller()
            .Gives<SessionsView>(200).GivesProblems(401, 503)
            .Says("listSessions", "One's own sessions");
        group.MapDelete("/sessions/{id}", sessions.EndAsync).RequireCaller()
            .GivesNothing().GivesProblems(400, 401, 404, 503)
            .Says("endSession", "End one of one's own sessions");
    }

    private async Task<IResult> RefreshAsync(HttpContext http, CancellationToken cancellation)
    {
        var (token, byCookie, fingerprint, problem) = await ReadAsync(http);
        if (problem is not null || !Idempotency.TryCommandId(http, token!.UserId, out var commandId, out problem))
        {
            return problem!;
        }

        var next = signedIn.RefreshTokens.Next(token!);
        var refresh = new RefreshSession(token!.SessionId, token.FamilyHash, token.SecretHash, next.SecretHash);
        var reply = await gateway.AskAsync(WalletRegions.SessionsOf(token.UserId), refresh, commandId, byCookie ? token.SecretHash : fingerprint);
        if (reply is Rejection { Code: var code } && code == WalletRefusals.RefreshTokenReused.Code)
        {
            audit.Note(http, new AuditNote("auth.refresh", "session", token.SessionId.ToString("D")), reply, new Caller(token.UserId, Role.User));
        }

        return reply is Done { Reply: SessionView } ? signedIn.Answer(http, next, byCookie)
            : reply is Rejection { Kind: RejectionKind.Unprocessable } no ? Unauthorized(http, no, byCookie)
            : Replies.Refuse(reply);
    }

    private async Task<IResult> LogOutAsync(HttpContext http, CancellationToken cancellation)
    {
        var (token, byCookie, _, problem) = await ReadAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        var reply = await gateway.AskAsync(WalletRegions.SessionsOf(token!.UserId), new LogOut(token.SessionId, token.FamilyHash));
        if (reply is not Done)
        {
            return Replies.Refuse(reply);
        }

        if (byCookie)
        {
            signedIn.Cookies.Clear(http.Response);
        }

        return TypedResults.NoContent();
    }

    private async Task<IResult> ListAsync(HttpContext http, CancellationToken cancellation)
    {
        var reply = await gateway.AskAsync(WalletRegions.SessionsOf(http.Caller().UserId), new GetSessions());
        return reply is SessionsView sessions ? new Answer<SessionsView>(sessions, WalletsJson.Default.SessionsView) : Replies.Refuse(reply);
    }

    private async Task<IResult> EndAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var sessionId, out var problem))
        {
            return problem;
        }

        var reply = await gateway.AskAsync(WalletRegions.SessionsOf(http.Caller().UserId), new EndSession(sessionId));
        audit.Note(http, new AuditNote("session.end", "session", id), reply);
        return reply is Done ? TypedResults.NoContent() : Replies.Refuse(reply);
    }

    /// <summary>A refusal; what a browser keeps of a session that does not hold is taken away.</summary>
    private Problem Unauthorized(HttpContext http, Rejection no, bool byCookie)
    {
        if (byCookie)
        {
            signedIn.Cookies.Clear(http.Response);
        }

        return Problem.Of(no) with { Status = StatusCodes.Status401Unauthorized };
    }

    /// <summary>The refresh token of the body, or else of the cookie, which then has to come from a page of this site.</summary>
    private async Task<(RefreshToken? Token, bool ByCookie, string? Fingerprint, Problem? Problem)> ReadAsync(HttpContext http)
    {
        var (request, fingerprint, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.RefreshTokenRequest);
        if (problem is not null)
        {
            return (null, false, null, problem);
        }

        var byCookie = request!.RefreshToken is null;
        if ((request.RefreshToken ?? signedIn.Cookies.Refresh(http.Request)) is not { } text)
        {
            return (null, false, null, Problem.Invalid("refreshToken", "is required, in the body or in its cookie"));
        }

        if (!RefreshToken.TryParse(text, out var token))
        {
            return (null, byCookie, null, Unauthorized(http, WalletRefusals.InvalidRefreshToken, byCookie));
        }

        // Its secrets cannot be guessed, and honest pages come with tokens whose session is over.
        NoAttempt.Mark(http);
        return byCookie && signedIn.Csrf.Judge(http.Request, token.SessionId.ToString()) is { } forged ? (null, true, null, forged)
            : (token, byCookie, fingerprint, null);
    }
}
