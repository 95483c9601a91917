using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using WildNOut.Chain.Signatures;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Endpoints;

/// <summary>Signing in with a wallet.</summary>
/// <param name="gateway">Asks the sessions.</param>
/// <param name="proofs">Issues and judges challenges.</param>
/// <param name="signedIn">Hands sessions over.</param>
/// <param name="audit">Records who signs in, and who does not.</param>
internal sealed class WalletSignInEndpoints(EntityGateway gateway, WalletProofs proofs, SignedIn signedIn, AuditTrail audit)
{
    private readonly WalletUsers _users = new(gateway);

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services, WalletProofs proofs, SignedIn signedIn)
    {
        var signIn = new WalletSignInEndpoints(services.Gateway, proofs, signedIn, services.Audit);
        var group = api.MapGroup("/auth/wallet").WithTags("Sign-in").WithMetadata(new IgnoresTokens());
        group.MapPost("/challenge", signIn.ChallengeAsync).Takes<WalletChallengeRequest>()
            .Gives<ChallengeResponse>(200).GivesProblems(400, 409, 413, 415, 422, 503)
            .Says("challengeSignIn", "Get a message to sign in with a wallet", "Good for one attempt within 15 minutes, with the same address.");
        group.MapPost("/verify", signIn.VerifyAsync).Takes<SignInRequest>()
            .Gives<SignInResponse>(200).GivesProblems(400, 403, 409, 413, 415, 422, 503)
            .Says("signIn", "Sign in by a wallet's signature", "Over the message, or over a transaction that carries it. As the user whose wallet it is, or else as a user of its own. "
                + "With cookies: true, from a page of this site, the tokens come in cookies that scripts cannot read, and the answer holds the CSRF token. " + WalletEndpoints.Faults);
    }

    private async Task<IResult> ChallengeAsync(HttpContext http, CancellationToken cancellation)
    {
        var (request, fingerprint, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.WalletChallengeRequest);
        if (problem is not null || !Idempotency.TryCommandId(http, request!.Address ?? string.Empty, out var commandId, out problem))
        {
            return problem!;
        }

        return request!.Address is { } address
            ? WalletEndpoints.Challenged(await proofs.IssueAsync(ChallengePurpose.SignIn, null, address, commandId, fingerprint, cancellation))
            : Problem.Invalid("address", "is required");
    }

    private async Task<IResult> VerifyAsync(HttpContext http, CancellationToken cancellation)
    {
        var (request, fingerprint, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.SignInRequest);
        if (problem is not null || !Idempotency.TryCommandId(http, request!.Address ?? string.Empty, out var commandId, out problem))
        {
            return problem!;
        }

        var byCookie = request!.Cookies == true;
        if ((WalletEndpoints.Missing(request.Proof) ?? (byCookie ? signedIn.Csrf.JudgeOrigin(http.Request) : null)) is { } no)
        {
            return no;
        }

        var proven = await proofs.JudgeAsync(ChallengePurpose.SignIn, null, request.Proof, commandId, fingerprint, cancellation);
        if (proven is Done { Reply: Challenge challenge } && WalletAddress.TryParse(challenge.Address, out var address))
        {
            return await OpenAsync(http, address, challenge.Nonce, commandId, byCookie, cancellation);
        }

        audit.Note(http, new AuditNote("auth.sign-in", "wallet", request.Address), proven);
        return Replies.Refuse(proven);
    }

    private async Task<IResult> OpenAsync(HttpContext http, WalletAddress address, string nonce, string? commandId, bool byCookie, CancellationToken cancellation)
    {
        var (userId, no) = await _users.FindAsync(address, cancellation);
        if (userId is null)
        {
            return Replies.Refuse(no!);
        }

        var token = signedIn.RefreshTokens.Open(userId, nonce);
        var start = new StartSession(token.SessionId, address.Text, token.FamilyHash, token.SecretHash);
        var reply = await gateway.AskAsync(WalletRegions.SessionsOf(userId), start, commandId);
        audit.Note(http, new AuditNote("auth.sign-in", "wallet", address.Text), reply, new Caller(userId, Role.User));
        return reply is Done { Reply: SessionView } ? signedIn.Answer(http, token, byCookie) : Replies.Refuse(reply);
    }
}
