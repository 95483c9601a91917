using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using WildNOut.Actors.Engine;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Tests;

/// <summary>The quick reading of tokens says yes to nothing that the library refuses.</summary>
public sealed class QuickTokenTests
{
    private const string Secret = "a-secret-of-at-least-thirty-two-bytes";
    private readonly SignedTokens _tokens = new(SignedTokens.PlatformIssuer, Secret, TimeSpan.FromHours(1), TimeProvider.System);

    [Fact]
    public async Task An_issued_token_holds_at_once_and_both_readings_agree()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var (token, expires) = _tokens.Issue(new Caller("user_1", role));

            Assert.True(_tokens.Holds(token, out var quick));
            Assert.Equal(new TokenVerdict(new Caller("user_1", role), expires, false), quick);
            Assert.Equal(quick, await _tokens.ValidateAsync(token, default));
        }
    }

    [Fact]
    public async Task A_token_of_a_session_names_it_in_both_readings()
    {
        var (token, expires) = _tokens.Issue(new Caller("user_1", Role.User), TimeSpan.FromMinutes(1), "session-1");

        Assert.True(_tokens.Holds(token, out var quick));
        Assert.Equal(new TokenVerdict(new Caller("user_1", Role.User), expires, false) { SessionId = "session-1" }, quick);
        Assert.Equal(quick, await _tokens.ValidateAsync(token, default));
    }

    [Fact]
    public async Task Any_change_of_a_token_is_refused_or_read_as_the_library_reads_it()
    {
        var (token, _) = _tokens.Issue(new Caller("user_1", Role.Moderator));
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=é";
        await Gen.Select(Gen.Int[0, token.Length - 1], Gen.Int[0, alphabet.Length - 1]).SampleAsync(async (place, letter) =>
        {
            var changed = string.Concat(token.AsSpan(0, place), alphabet.AsSpan(letter, 1), token.AsSpan(place + 1));
            await Agree(changed);
        });
    }

    [Fact]
    public async Task A_token_cut_off_anywhere_is_refused_without_a_fault()
    {
        for (var run = 0; run < 20; run++)
        {
            var (token, _) = _tokens.Issue(new Caller($"user_{run}", Role.User));
            for (var length = 0; length < token.Length; length++)
            {
                Assert.False(_tokens.Holds(token.AsSpan(0, length), out _));
            }

            Assert.Null((await _tokens.ValidateAsync(token[..^4], default)).Caller);
        }
    }

    [Theory]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800}""", true)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800,"role":"admin","iat":1,"nbf":1}""", true)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800,"sid":"s"}""", true)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800,"sid":7}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800,"sid":"s","sid":"t"}""", false)]
    [InlineData("""{"iss":"other","aud":"wildnout-api","sub":"u","exp":4102444800}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"other","sub":"u","exp":4102444800}""", false)]
    [InlineData("""{"iss":"wildnout","aud":["wildnout-api"],"sub":"u","exp":4102444800}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":1}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u"}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":"4102444800"}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"","exp":4102444800}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","exp":4102444800}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800,"nbf":4102444800}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800,"role":"emperor"}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800,"sub":"admin"}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800,"scope":"more"}""", false)]
    [InlineData("""{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800}{}""", false)]
    [InlineData("[]", false)]
    [InlineData("no json", false)]
    public async Task Signed_claims_hold_at_once_only_in_the_plain_form(string claims, bool holds)
    {
        var token = Sign("""{"alg":"HS256","typ":"JWT"}""", claims, Secret);

        Assert.Equal(holds, _tokens.Holds(token, out _));
        await Agree(token);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"typ":"JWT","alg":"HS256"}""")]
    public void Another_header_is_left_to_the_library(string header) =>
        Assert.False(_tokens.Holds(Sign(header, """{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800}""", Secret), out _));

    [Fact]
    public void Another_secret_does_not_hold() =>
        Assert.False(_tokens.Holds(
            Sign("""{"alg":"HS256","typ":"JWT"}""", """{"iss":"wildnout","aud":"wildnout-api","sub":"u","exp":4102444800}""", Secret + "!"), out _));

    private async Task Agree(string token)
    {
        if (_tokens.Holds(token, out var quick))
        {
            Assert.Equal(quick, await _tokens.ValidateAsync(token, default));
        }
    }

    private static string Sign(string header, string claims, string secret)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }
}
