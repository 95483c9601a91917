using WildNOut.Actors.Engine;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Wallets;
using Xunit;

namespace WildNOut.Actors.Tests.Wallets;

public sealed class ChallengeSpec
{
    private const string Nonce = "0123456789abcdef";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Expires = Now.AddMinutes(15);
    private static readonly IssueChallenge Issue = new(ChallengePurpose.Link, "ann", "address", "site", "message", Expires);
    private static readonly ChallengeIssued Issued = new(Nonce, ChallengePurpose.Link, "ann", "address", "site", "message", Expires, Now);
    private static readonly UseChallenge Use = new(ChallengePurpose.Link, "ann");

    [Fact]
    public void A_challenge_is_issued_and_used_once()
    {
        var challenge = Fresh();
        challenge.When(Issue, Now).Then(Issued).Replying(new Challenge(Nonce, "ann", "address", "site", "message", Expires));
        challenge.When(Use, Now).Then(new ChallengeUsed(Nonce, Now)).Replying(new Challenge(Nonce, "ann", "address", "site", "message", Expires));
        challenge.When(Use, Now).ThenRejected(RejectionKind.Unprocessable, "challenge_used");
    }

    [Fact]
    public void A_nonce_that_was_never_issued_is_unknown() => Fresh().When(Use, Now).ThenRejected(RejectionKind.Unprocessable, "challenge_unknown");

    [Fact]
    public void A_nonce_is_issued_once() => Fresh().Given(Issued).When(Issue, Now).ThenRejected(RejectionKind.Conflict, "idempotency_mismatch");

    [Fact]
    public void A_challenge_holds_until_one_millisecond_before_it_expires()
    {
        Fresh().Given(Issued).When(Use, Expires.AddMilliseconds(-1)).Then(new ChallengeUsed(Nonce, Expires.AddMilliseconds(-1)));
        Fresh().Given(Issued).When(Use, Expires).ThenRejected(RejectionKind.Unprocessable, "challenge_expired");
    }

    [Theory]
    [InlineData(ChallengePurpose.Link, "bob", "wrong_user")]
    [InlineData(ChallengePurpose.Link, null, "wrong_user")]
    [InlineData(ChallengePurpose.SignIn, "ann", "wrong_purpose")]
    [InlineData(ChallengePurpose.SignIn, null, "wrong_purpose")]
    public void An_attempt_that_fails_uses_the_challenge_up_too(ChallengePurpose purpose, string? user, string code)
    {
        var challenge = Fresh().Given(Issued);
        challenge.When(new UseChallenge(purpose, user), Now).ThenRejected(RejectionKind.Unprocessable, code, new ChallengeUsed(Nonce, Now));
        challenge.When(Use, Now).ThenRejected(RejectionKind.Unprocessable, "challenge_used");
    }

    [Fact]
    public void A_user_cannot_use_a_sign_in_s_challenge() => Fresh()
        .Given(Issued with { Purpose = ChallengePurpose.SignIn, UserId = null })
        .When(Use, Now).ThenRejected(RejectionKind.Unprocessable, "wrong_purpose", new ChallengeUsed(Nonce, Now));

    private static Scenario<ChallengeState, IChallengeCommand, IChallengeEvent> Fresh() => new(new ChallengeDefinition(), Nonce);
}
