using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using WildNOut.Chain.Signatures;
using WildNOut.Web.Endpoints;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;

namespace WildNOut.Web.Identity;

/// <summary>Asks people to prove that they own a wallet, and judges their proofs.</summary>
/// <param name="gateway">Asks the challenges.</param>
/// <param name="site">The address under which people know the site; its host is what they sign for.</param>
/// <param name="chainId">The chain that messages name.</param>
/// <param name="clock">Tells the time.</param>
public sealed class WalletProofs(EntityGateway gateway, Uri site, string chainId, TimeProvider clock)
{
    /// <summary>How long a challenge holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Issues a challenge, kept by the cluster until it is used.</summary>
    /// <param name="purpose">What its answer is for.</param>
    /// <param name="userId">Whose answer counts; null for anybody's.</param>
    /// <param name="address">The address that must sign, as the client wrote it.</param>
    /// <param name="commandId">From the <c>Idempotency-Key</c>: a repeat gets the first challenge.</param>
    /// <param name="fingerprint">A digest of the request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns><see cref="Done"/> with the <see cref="Challenge"/>, or what went wrong.</returns>
    public async Task<IReply> IssueAsync(
        ChallengePurpose purpose, string? userId, string address, string? commandId, string? fingerprint, CancellationToken cancellation)
    {
        if (!WalletAddress.TryParse(address, out var wallet))
        {
            return SignInFault.InvalidAddress.ToRejection();
        }

        // Without a key IdOf is a version 7 id; the nonce must not be guessable, so it is drawn.
        var nonce = (commandId is null ? Guid.NewGuid() : Idempotency.IdOf(commandId)).ToString("N");
        var now = Instants.Truncate(clock.GetUtcNow());
        var message = Message(purpose, userId, wallet.Text, nonce, now);
        var issue = new IssueChallenge(purpose, userId, wallet.Text, message.Domain, message.Format(), now + Lifetime);
        return await gateway.AskAsync(WalletRegions.OfChallenge(nonce), issue, commandId, fingerprint);
    }

    /// <summary>
    /// Judges a proof. The challenge that its message names is used up by this, whatever comes of it; a transaction that does more than carry a message names none.
    /// </summary>
    /// <param name="purpose">What the proof is for.</param>
    /// <param name="userId">Who presents it; null for anybody.</param>
    /// <param name="proof">The address, and a signature with its message or else a transaction.</param>
    /// <param name="commandId">From the <c>Idempotency-Key</c>: a repeat gets the challenge again.</param>
    /// <param name="fingerprint">A digest of the request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns><see cref="Done"/> with the <see cref="Challenge"/> when the proof holds, or what is wrong.</returns>
    public async Task<IReply> JudgeAsync(
        ChallengePurpose purpose, string? userId, WalletProofRequest proof, string? commandId, string? fingerprint, CancellationToken cancellation)
    {
        MemoTransaction? transaction = null;
        if (proof.Transaction is not null && MemoTransaction.TryDecode(proof.Transaction, out transaction) is { } unfit)
        {
            return unfit.ToRejection();
        }

        if (!SignInMessage.TryParse(transaction?.Text ?? proof.Message!, out var message) || message.Nonce is not { } nonce)
        {
            return SignInFault.MalformedMessage.ToRejection();
        }

        var reply = await gateway.AskAsync(WalletRegions.OfChallenge(nonce), new UseChallenge(purpose, userId), commandId, fingerprint);
        return reply is Done { Reply: Challenge challenge } && Judge(challenge, proof, transaction) is { } fault ? fault.ToRejection() : reply;
    }

    private SignInFault? Judge(Challenge challenge, WalletProofRequest proof, MemoTransaction? transaction)
    {
        var expected = new SignInExpectation(challenge.Domain, challenge.Address, challenge.Message, RequestIdOf(challenge.UserId));
        return !WalletAddress.TryParse(proof.Address, out var wallet) ? SignInFault.InvalidAddress
            : transaction is not null ? new SignInProof(wallet, transaction).Judge(expected, clock.GetUtcNow())
            : SignatureText.TryDecode(proof.Signature!, out var signature)
                ?? new SignInProof(wallet, proof.Message!, signature).Judge(expected, clock.GetUtcNow());
    }

    private SignInMessage Message(ChallengePurpose purpose, string? userId, string address, string nonce, DateTimeOffset now) => new()
    {
        Domain = site.Authority,
        Address = address,
        Statement = purpose == ChallengePurpose.Link ? "Link this wallet to your Wild 'n Out account." : "Sign in to Wild 'n Out.",
        Uri = new Uri(site, "wallet").AbsoluteUri,
        Version = "1",
        ChainId = chainId,
        Nonce = nonce,
        IssuedAt = now,
        ExpirationTime = now + Lifetime,
        RequestId = RequestIdOf(userId),
    };

    /// <summary>A user's id in the characters that a request id may have.</summary>
    private static string? RequestIdOf(string? userId) => userId is null ? null : Uri.EscapeDataString(userId);
}
