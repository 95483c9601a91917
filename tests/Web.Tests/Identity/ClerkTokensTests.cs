using System.Text;
using Jose;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WildNOut.Actors.Engine;
using WildNOut.Web.Configuration;
using WildNOut.Web.Identity;
using WildNOut.Web.Identity.Clerk;
using Base64Url = System.Buffers.Text.Base64Url;

namespace WildNOut.Web.Tests.Identity;

public sealed class ClerkTokensTests : IDisposable
{
    private const string Address = "https://clerk.example";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Issuer _issuer;
    private readonly KeyHandler _keys;
    private readonly ClerkTokens _tokens;

    public ClerkTokensTests()
    {
        _issuer = new Issuer(Address, _clock).Add("one").Add("other", published: false);
        _keys = new KeyHandler(() => _issuer.Keys);
        _tokens = Provider("metadata.role");
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _keys.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_session_token_of_either_version_holds(int version)
    {
        var token = version == 2 ? _issuer.Token("one") : _issuer.Token("one", ("v", null), ("sts", null), ("fva", null), ("org_id", "org_1"), ("org_role", "org:admin"));

        var verdict = await JudgeAsync(token);

        Assert.Equal(new Caller("user_1", Role.User), verdict.Caller);
        Assert.Equal(("sess_1", null, false, false), (verdict.SessionId, verdict.Impersonator, verdict.Expired, verdict.Unknown));
        Assert.Equal(_clock.GetUtcNow().AddSeconds(65), verdict.Expires);
    }

    [Fact]
    public async Task A_token_that_names_no_page_holds() => Assert.NotNull((await JudgeAsync(_issuer.Token("one", ("azp", null)))).Caller);

    [Fact]
    public async Task A_token_for_the_platform_by_name_holds() =>
        Assert.NotNull((await JudgeAsync(_issuer.Token("one", ("aud", new[] { "elsewhere", SignedTokens.Audience })))).Caller);

    public static TheoryData<string> Forgeries =>
    [
        "alg none", "alg none with a key id", "HS256 under the public key", "HS256 under the modulus", "HS256 under the key's id", "RS512", "PS256", "a key that is not published", "another key under a published id",
        "no key id", "another issuer", "the issuer with a slash", "another page", "a page that is no text", "another audience", "no audience at all in a list", "from the future", "issued in the future", "no end", "no beginning",
        "no subject", "a subject of control characters", "an endless subject", "no session", "pending", "a status of tomorrow", "version 3", "other claims under the same signature", "cut off",
    ];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_that_does_not_hold_is_refused(string what)
    {
        var verdict = await JudgeAsync(Forge(what));

        Assert.Null(verdict.Caller);
        Assert.Equal((false, false), (verdict.Expired, verdict.Unknown));
    }

    [Fact]
    public async Task No_forged_algorithm_makes_the_node_fetch_keys()
    {
        foreach (var what in (string[])["alg none with a key id", "HS256 under the public key", "RS512", "PS256", "no key id"])
        {
            await JudgeAsync(Forge(what));
        }

        Assert.Equal(0, _keys.Requests);
    }

    [Fact]
    public async Task Clocks_may_differ_by_five_seconds()
    {
        var token = _issuer.Token("one", ("nbf", Now() + 5));
        Assert.NotNull((await JudgeAsync(token)).Caller);
        Assert.Null((await JudgeAsync(_issuer.Token("one", ("nbf", Now() + 6)))).Caller);
        _clock.Advance(TimeSpan.FromSeconds(64.9));
        Assert.NotNull((await JudgeAsync(token)).Caller);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(TokenVerdict.TooLate, await JudgeAsync(token));
    }

    [Fact]
    public async Task No_token_holds_for_more_than_a_day()
    {
        var token = _issuer.Token("one", ("exp", Now() + 1_000_000));
        Assert.Equal(_clock.GetUtcNow().AddHours(24).AddSeconds(5), (await JudgeAsync(token)).Expires);
        _clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(TokenVerdict.TooLate, await JudgeAsync(token));
    }

    [Theory]
    [InlineData("metadata.role", """{"role":"admin"}""", Role.Admin)]
    [InlineData("metadata.role", """{"role":"moderator"}""", Role.Moderator)]
    [InlineData("metadata.role", """{"role":"user"}""", Role.User)]
    [InlineData("metadata.role", """{"role":"Admin"}""", Role.User)]
    [InlineData("metadata.role", """{"role":"basic_member"}""", Role.User)]
    [InlineData("metadata.role", """{"role":["admin"]}""", Role.User)]
    [InlineData("metadata.role", """{"role":{"name":"admin"}}""", Role.User)]
    [InlineData("metadata.role", """{"other":"admin"}""", Role.User)]
    [InlineData("metadata.role", "\"admin\"", Role.User)]
    [InlineData("metadata.app.role", """{"app":{"role":"admin"}}""", Role.Admin)]
    public async Task The_role_is_that_of_the_configured_claim(string claim, string metadata, Role role)
    {
        var token = _issuer.Token("one", ("metadata", System.Text.Json.Nodes.JsonNode.Parse(metadata)!));
        Assert.Equal(role, (await JudgeAsync(token, Provider(claim))).Caller!.Role);
    }

    [Theory]
    [InlineData("o.rol")]
    [InlineData("org_role")]
    public async Task A_role_in_the_organisation_is_read_from_both_versions(string claim)
    {
        var second = _issuer.Token("one", ("o", new Dictionary<string, object> { ["id"] = "org_1", ["rol"] = "moderator" }));
        var first = _issuer.Token("one", ("v", null), ("sts", null), ("org_role", "org:moderator"));
        Assert.Equal(Role.Moderator, (await JudgeAsync(second, Provider(claim))).Caller!.Role);
        Assert.Equal(Role.Moderator, (await JudgeAsync(first, Provider(claim))).Caller!.Role);
    }

    [Fact]
    public async Task Who_acts_in_another_s_name_is_known()
    {
        var token = _issuer.Token("one", ("act", new Dictionary<string, object> { ["iss"] = "https://dashboard.example", ["sid"] = "sess_9", ["sub"] = "user_9" }));
        var verdict = await JudgeAsync(token);
        Assert.Equal(("user_1", "user_9"), (verdict.Caller!.UserId, verdict.Impersonator));
    }

    [Fact]
    public async Task Rotated_keys_are_taken_while_they_are_published()
    {
        Assert.NotNull((await JudgeAsync(_issuer.Token("one"))).Caller);
        _issuer.Add("two");
        _clock.Advance(SigningKeys.CoolDown);
        Assert.NotNull((await JudgeAsync(_issuer.Token("two"))).Caller);
        Assert.NotNull((await JudgeAsync(_issuer.Token("one"))).Caller);
        Assert.Equal(2, _keys.Requests);

        _issuer.Withdraw("one");
        _clock.Advance(SigningKeys.FreshFor + TimeSpan.FromSeconds(1));
        Assert.NotNull((await JudgeAsync(_issuer.Token("two"))).Caller);
        Assert.Equal(3, _keys.Requests);
        Assert.Null((await JudgeAsync(_issuer.Token("one"))).Caller);
    }

    [Fact]
    public async Task Without_keys_a_token_is_not_judged()
    {
        _keys.Status = System.Net.HttpStatusCode.BadGateway;
        Assert.Equal(TokenVerdict.Unjudged, await JudgeAsync(_issuer.Token("one")));
        _keys.Status = System.Net.HttpStatusCode.OK;
        _clock.Advance(SigningKeys.CoolDown);
        Assert.NotNull((await JudgeAsync(_issuer.Token("one"))).Caller);
    }

    private string Forge(string what)
    {
        var good = _issuer.Token("one").Split('.');
        var publicKey = Encoding.UTF8.GetBytes(_issuer["one"].ExportSubjectPublicKeyInfoPem());
        var named = new Dictionary<string, object> { ["kid"] = "one", ["typ"] = "JWT" };
        return what switch
        {
            "alg none" => JWT.Encode(_issuer.Claims(), null, JwsAlgorithm.none),
            "alg none with a key id" => JWT.Encode(_issuer.Claims(), null, JwsAlgorithm.none, named),
            "HS256 under the public key" => JWT.Encode(_issuer.Claims(), publicKey, JwsAlgorithm.HS256, named),
            "HS256 under the modulus" => JWT.Encode(_issuer.Claims(), _issuer["one"].ExportParameters(false).Modulus, JwsAlgorithm.HS256, named),
            "HS256 under the key's id" => JWT.Encode(_issuer.Claims(), Encoding.UTF8.GetBytes("one".PadRight(32, '1')), JwsAlgorithm.HS256, named),
            "RS512" => _issuer.Token(_issuer.Claims(), algorithm: JwsAlgorithm.RS512),
            "PS256" => _issuer.Token(_issuer.Claims(), algorithm: JwsAlgorithm.PS256),
            "a key that is not published" => _issuer.Token("other"),
            "another key under a published id" => _issuer.Token(_issuer.Claims(), "other", sayKeyId: "one"),
            "no key id" => JWT.Encode(_issuer.Claims(), _issuer["one"], JwsAlgorithm.RS256),
            "another issuer" => _issuer.Token("one", ("iss", "https://clerk.example.evil")),
            "the issuer with a slash" => _issuer.Token("one", ("iss", Address + "/")),
            "another page" => _issuer.Token("one", ("azp", "https://app.example.evil")),
            "a page that is no text" => _issuer.Token("one", ("azp", new[] { Issuer.Party })),
            "another audience" => _issuer.Token("one", ("aud", "elsewhere")),
            "no audience at all in a list" => _issuer.Token("one", ("aud", Array.Empty<string>())),
            "from the future" => _issuer.Token("one", ("nbf", Now() + 60)),
            "issued in the future" => _issuer.Token("one", ("iat", Now() + 60)),
            "no end" => _issuer.Token("one", ("exp", null)),
            "no beginning" => _issuer.Token("one", ("iat", null)),
            "no subject" => _issuer.Token("one", ("sub", null)),
            "a subject of control characters" => _issuer.Token("one", ("sub", "user\n1")),
            "an endless subject" => _issuer.Token("one", ("sub", new string('u', 201))),
            "no session" => _issuer.Token("one", ("sid", null)),
            "pending" => _issuer.Token("one", ("sts", "pending")),
            "a status of tomorrow" => _issuer.Token("one", ("sts", 1)),
            "version 3" => _issuer.Token("one", ("v", 3)),
            "other claims under the same signature" => $"{good[0]}.{Base64Url.EncodeToString(JsonOf(_issuer.Changed(("sub", "user_2"))))}.{good[2]}",
            "cut off" => string.Join('.', good)[..^8],
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such forgery."),
        };
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeSeconds();

    private static byte[] JsonOf(Dictionary<string, object> claims) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(claims);

    private async Task<TokenVerdict> JudgeAsync(string token, ClerkTokens? provider = null) => await (provider ?? _tokens).ValidateAsync(token, default);

    private ClerkTokens Provider(string roleClaim)
    {
        var keys = new SigningKeys(new Uri(Address + "/.well-known/jwks.json"), new HttpClient(_keys, disposeHandler: false), _clock, NullLogger<SigningKeys>.Instance);
        var options = new ClerkOptions { Issuer = Address, Keys = new Uri(Address), AuthorizedParties = [Issuer.Party], RoleClaim = roleClaim.Split('.') };
        return new ClerkTokens(options, keys, _clock);
    }
}
