using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Endpoints;

/// <summary>Sessions: refresh, log out, list, end.</summary>
/// <param name="gateway">Asks the sessions.</param>
/// <param name="refreshTokens">Makes refresh tokens.</param>
/// <param name="accessTokens">The platform's own tokens.</param>
/// <param name="audit">Records how sessions end.</param>
internal sealed class SessionEndpoints(EntityGateway gateway, RefreshTokens refreshTokens, SignedTokens accessTokens, AuditTrail audit)
{
    /// <summary>How long an access token of a session holds: it cannot be called back, so not for long.</summary>
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services, RefreshTokens refreshTokens, SignedTokens accessTokens)
    {
        var sessions = new SessionEndpoints(services.Gateway, refreshTokens, accessTokens, services.Audit);
        var group = api.MapGroup("/auth").WithTags("Sign-in");
        group.MapPost("/refresh", sessions.RefreshAsync).WithMetadata(new IgnoresTokens()).Takes<RefreshTokenRequest>()
            .Gives<SignInResponse>(200).GivesProblems(400, 401, 409, 413, 415, 503)
            .Says("refreshSession", "Exchange a refresh token for the next pair of tokens", "An old refresh token ends its session (401 refresh_token_reused). A session holds for 30 days after its last refresh, 90 days at most.");
        group.MapPost("/logout", sessions.LogOutAsync).WithMetadata(new IgnoresTokens()).Takes<RefreshTokenRequest>()
            .GivesNothing().GivesProblems(400, 401, 413, 415, 503)
            .Says("logOut", "End the session of a refresh token", "Its access tokens hold until they expire, 15 minutes at most.");
        group.MapGet("/sessions", sessions.ListAsync).RequireCaller()
            .Gives<SessionsView>(200).GivesProblems(401, 503)
            .Says("listSessions", "One's own sessions");
        group.MapDelete("/sessions/{id}", sessions.EndAsync).RequireCaller()
            .GivesNothing().GivesProblems(400, 401, 404, 503)
            .Says("endSession", "End one of one's own sessions");
    }

    /// <summary>The pair of tokens of a session.</summary>
    public static IResult SignedIn(SignedTokens accessTokens, RefreshToken token)
    {
        var (access, expires) = accessTokens.Issue(new Caller(token.UserId, Role.User), AccessLifetime);
        return new Answer<SignInResponse>(new SignInResponse(access, token.ToString(), expires), WebJson.Default.SignInResponse);
    }

    private async Task<IResult> RefreshAsync(HttpContext http, CancellationToken cancellation)
    {
        var (token, fingerprint, problem) = await ReadAsync(http);
        if (problem is not null || !Idempotency.TryCommandId(http, token!.UserId, out var commandId, out problem))
        {
            return problem!;
        }

        var next = refreshTokens.Next(token!);
        var refresh = new RefreshSession(token!.SessionId, token.FamilyHash, token.SecretHash, next.SecretHash);
        var reply = await gateway.AskAsync(WalletRegions.SessionsOf(token.UserId), refresh, commandId, fingerprint);
        if (reply is Rejection { Code: var code } && code == WalletRefusals.RefreshTokenReused.Code)
        {
            audit.Note(http, new AuditNote("auth.refresh", "session", token.SessionId.ToString("D")), reply, new Caller(token.UserId, Role.User));
        }

        return reply is Done { Reply: SessionView } ? SignedIn(accessTokens, next)
            : reply is Rejection { Kind: RejectionKind.Unprocessable } no ? Unauthorized(no)
            : Replies.Refuse(reply);
    }

    private async Task<IResult> LogOutAsync(HttpContext http, CancellationToken cancellation)
    {
        var (token, _, problem) = await ReadAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        var reply = await gateway.AskAsync(
            WalletRegions.SessionsOf(token!.UserId), new LogOut(token.SessionId, token.FamilyHash));
        return reply is Done ? TypedResults.NoContent() : Replies.Refuse(reply);
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

    private static Problem Unauthorized(Rejection no) => Problem.Of(no) with { Status = StatusCodes.Status401Unauthorized };

    private static async Task<(RefreshToken? Token, string? Fingerprint, Problem? Problem)> ReadAsync(HttpContext http)
    {
        var (request, fingerprint, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.RefreshTokenRequest);
        if (problem is not null || request!.RefreshToken is not { } text)
        {
            return (null, null, problem ?? Problem.Invalid("refreshToken", "is required"));
        }

        return RefreshToken.TryParse(text, out var token) ? (token, fingerprint, null) : (null, null, Unauthorized(WalletRefusals.InvalidRefreshToken));
    }
}
