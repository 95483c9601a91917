using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using WildNOut.Chain.Signatures;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Endpoints;

/// <summary>One's own wallets: prove, list, disconnect.</summary>
/// <param name="gateway">Asks the wallets.</param>
/// <param name="proofs">Issues and judges challenges.</param>
/// <param name="audit">Records what is linked and given up.</param>
/// <param name="prefix">The path all routes begin with.</param>
internal sealed class WalletEndpoints(EntityGateway gateway, WalletProofs proofs, AuditTrail audit, string prefix)
{
    /// <summary>What can be wrong with a proof, for the document.</summary>
    public const string Faults =
        "A proof that does not hold up is refused with 422 and one of the codes invalid_address, invalid_signature (details.reason: malformed, wrong_length, "
        + "small_order_key, non_canonical_key, key_off_curve, non_canonical_s, non_canonical_r, mismatch), malformed_message, message_mismatch, wrong_domain, wrong_address, "
        + "wrong_user, wrong_purpose, not_yet_valid, challenge_expired, challenge_used, challenge_unknown; a transaction also with malformed_transaction, unexpected_signer, "
        + "unexpected_lookup, unexpected_instruction.";

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services, WalletProofs proofs)
    {
        var wallets = new WalletEndpoints(services.Gateway, proofs, services.Audit, services.Prefix);
        var group = api.MapGroup("/wallet").WithTags("Wallets");
        group.MapPost("/challenge", wallets.ChallengeAsync).RequireCallerInPerson().Takes<WalletChallengeRequest>()
            .Gives<ChallengeResponse>(200).GivesProblems(400, 401, 403, 409, 413, 415, 422, 503)
            .Says("challengeWallet", "Get a message to sign with a wallet", "Good for one attempt within 15 minutes, by the same user and with the same address.");
        group.MapPost("/verify", wallets.VerifyAsync).RequireCallerInPerson().Takes<WalletProofRequest>()
            .Gives<WalletResponse>(201).GivesProblems(400, 401, 403, 409, 413, 415, 422, 503)
            .Says("linkWallet", "Link a wallet by its signature", "The signature is over the message, or over a transaction that carries it. A wallet belongs to one user at a time (409 wallet_taken); a user has at most 10 (409 too_many_wallets). " + Faults);
        group.MapGet("/", wallets.ListAsync).RequireCaller()
            .Gives<WalletsResponse>(200).GivesProblems(401, 503)
            .Says("listWallets", "One's own wallets and what they hold", "Holdings are read after linking, when the token moves, and every ten minutes; they come with their age.");
        group.MapDelete("/{address}", wallets.DisconnectAsync).RequireCallerInPerson()
            .GivesNothing().GivesProblems(401, 403, 404, 422, 503)
            .Says("disconnectWallet", "Disconnect a wallet", "Sessions that were opened with it end.");
    }

    private async Task<IResult> ChallengeAsync(HttpContext http, CancellationToken cancellation)
    {
        var caller = http.Caller();
        var (request, fingerprint, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.WalletChallengeRequest);
        if (problem is not null || !Idempotency.TryCommandId(http, caller.UserId, out var commandId, out problem))
        {
            return problem!;
        }

        if (request!.Address is not { } address)
        {
            return Problem.Invalid("address", "is required");
        }

        var reply = await proofs.IssueAsync(ChallengePurpose.Link, caller.UserId, address, commandId, fingerprint, cancellation);
        return Challenged(reply);
    }

    /// <summary>A challenge, or what kept it away.</summary>
    public static IResult Challenged(IReply reply) => reply is Done { Reply: Challenge challenge }
        ? new Answer<ChallengeResponse>(ChallengeResponse.Of(challenge), WebJson.Default.ChallengeResponse)
        : Replies.Refuse(reply);

    private async Task<IResult> VerifyAsync(HttpContext http, CancellationToken cancellation)
    {
        var caller = http.Caller();
        var (request, fingerprint, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.WalletProofRequest);
        if (problem is not null || !Idempotency.TryCommandId(http, caller.UserId, out var commandId, out problem))
        {
            return problem!;
        }

        if (Missing(request!) is { } incomplete)
        {
            return incomplete;
        }

        var proven = await proofs.JudgeAsync(ChallengePurpose.Link, caller.UserId, request!, commandId, fingerprint, cancellation);
        var note = new AuditNote("wallet.link", "wallet", request!.Address);
        if (proven is not Done { Reply: Challenge challenge })
        {
            audit.Note(http, note, proven);
            return Replies.Refuse(proven);
        }

        var user = WalletRegions.OfUser(caller.UserId);
        var reply = await gateway.AskAsync(user, new LinkWallet(challenge.Address));
        audit.Note(http, note, reply);
        if (reply is not Done { Reply: WalletView wallet } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, user, done.SequenceNr);
        return new Answer<WalletResponse>(WalletResponse.Of(wallet, null), WebJson.Default.WalletResponse, StatusCodes.Status201Created) { Location = $"{prefix}/wallet" };
    }

    /// <summary>What a proof lacks, or has too much of: it is a signature with its message, or else a transaction.</summary>
    public static Problem? Missing(WalletProofRequest request)
    {
        var fields = new Fields().Require("address", request.Address);
        if (request.Transaction is null)
        {
            return fields.Require("signature", request.Signature).Require("message", request.Message).Problem;
        }

        if (request.Signature is not null || request.Message is not null)
        {
            fields.Fault("transaction", "takes the place of signature and message");
        }

        return fields.Problem;
    }

    private async Task<IResult> ListAsync(HttpContext http, CancellationToken cancellation)
    {
        var reply = await gateway.AskAsync(WalletRegions.OfUser(http.Caller().UserId), new GetWallets());
        return reply is WalletsView wallets
            ? new Answer<WalletsResponse>(WalletsResponse.Of(wallets), WebJson.Default.WalletsResponse)
            : Replies.Refuse(reply);
    }

    private async Task<IResult> DisconnectAsync(HttpContext http, string address)
    {
        if (!WalletAddress.TryParse(address, out var wallet))
        {
            return Problem.Of(SignInFault.InvalidAddress.ToRejection());
        }

        var user = WalletRegions.OfUser(http.Caller().UserId);
        var reply = await gateway.AskAsync(user, new DisconnectWallet(wallet.Text));
        audit.Note(http, new AuditNote("wallet.disconnect", "wallet", wallet.Text), reply);
        if (reply is not Done done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, user, done.SequenceNr);
        return TypedResults.NoContent();
    }
}
