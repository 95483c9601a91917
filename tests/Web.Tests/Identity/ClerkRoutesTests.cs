using Jose;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Tests.Identity;

public sealed class ClerkRoutesTests(ClerkServer server) : IClassFixture<ClerkServer>
{
    [Fact]
    public async Task A_session_token_is_taken_and_remembered()
    {
        var token = server.Issuer.Token("one", ("sub", "user_taken"));
        Assert.Equal(201, (await server.PostAsync("/api/battles", ServerFixture.BattleBody(), token)).Status);
        var principal = server.Services.GetRequiredService<TokenCache>().Find(token);
        Assert.Equal(("user_taken", "sess_1"), (principal!.Caller.UserId, principal.SessionId));
    }

    [Fact]
    public async Task Forged_expired_and_foreign_tokens_get_their_own_words()
    {
        (await server.GetAsync("/api/battles", server.Issuer.Token("other"))).AssertProblem(401, "unauthorized");
        (await server.GetAsync("/api/battles", JWT.Encode(server.Issuer.Claims(), null, JwsAlgorithm.none))).AssertProblem(401, "unauthorized");
        (await server.GetAsync("/api/battles", server.Issuer.Token("one", ("azp", "https://elsewhere.example")))).AssertProblem(401, "unauthorized");
        (await server.GetAsync("/api/battles", server.Issuer.Token(server.Issuer.Claims(seconds: -10)))).AssertProblem(401, "token_expired");
    }

    [Fact]
    public async Task A_role_of_the_token_opens_what_it_should()
    {
        var admin = server.Issuer.Token("one", ("metadata", new Dictionary<string, object> { ["role"] = "admin" }));
        Assert.Equal(200, (await server.GetAsync("/health/details", admin)).Status);
        (await server.GetAsync("/health/details", server.Issuer.Token("one"))).AssertProblem(403, "forbidden");
    }

    [Fact]
    public async Task Who_acts_in_another_s_name_looks_and_neither_votes_nor_moves_wallets()
    {
        var token = server.Issuer.Token("one", ("act", new Dictionary<string, object> { ["sub"] = "user_9" }), ("metadata", new Dictionary<string, object> { ["role"] = "admin" }));
        Assert.Equal(200, (await server.GetAsync("/api/wallet", token)).Status);
        Assert.Equal(200, (await server.GetAsync("/health/details", token)).Status);
        foreach (var (method, path) in (IEnumerable<(string, string)>)
            [("POST", $"/api/battles/{Guid.Empty}/votes"), ("POST", "/api/wallet/challenge"), ("POST", "/api/wallet/verify"), ("DELETE", "/api/wallet/X")])
        {
            await Refused(method, path);
        }

        async Task Refused(string method, string path)
        {
            var refused = await server.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null, token);
            refused.AssertProblem(403, "forbidden");
            Assert.Contains("in person", refused.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("session.ended", "svix")]
    [InlineData("session.removed", "webhook")]
    [InlineData("session.revoked", "svix")]
    public async Task The_tokens_of_a_session_that_ended_do_not_hold_even_if_remembered(string type, string family)
    {
        var session = "sess_" + Guid.NewGuid().ToString("N");
        var (seen, unseen, other) = (server.Issuer.Token("one", ("sid", session)), server.Issuer.Token("one", ("sid", session)), server.Issuer.Token("one", ("sid", session + "x")));
        Assert.Equal(200, (await server.GetAsync("/api/battles", seen)).Status);

        var told = await server.TellAsync($$$"""{"type":"{{{type}}}","object":"event","data":{"id":"{{{session}}}","user_id":"user_1","status":"ended"},"timestamp":1654012591835}""", $"msg_{session}", family: family);

        Assert.Equal((204, ""), (told.Status, told.Body));
        (await server.GetAsync("/api/battles", seen)).AssertProblem(401, "unauthorized");
        (await server.GetAsync("/api/battles", unseen)).AssertProblem(401, "unauthorized");
        Assert.Equal(200, (await server.GetAsync("/api/battles", other)).Status);
    }

    [Fact]
    public async Task A_message_may_come_twice()
    {
        const string body = """{"type":"session.ended","object":"event","data":{"id":"sess_twice"},"timestamp":1654012591835}""";
        Assert.Equal(204, (await server.TellAsync(body, "msg_twice")).Status);
        Assert.Equal(204, (await server.TellAsync(body, "msg_twice", DateTimeOffset.UtcNow.AddSeconds(-60))).Status);
    }

    [Fact]
    public async Task A_message_of_another_kind_is_taken_and_ignored() =>
        Assert.Equal(204, (await server.TellAsync("""{"type":"organization.created","object":"event","data":{"id":"org_1","new_field":[1]},"timestamp":1}""", "msg_kind")).Status);

    [Theory]
    [InlineData("mismatch")]
    [InlineData("out_of_time")]
    [InlineData("missing_headers")]
    public async Task A_message_that_is_not_signed_rightly_changes_nothing(string reason)
    {
        const string body = """{"type":"session.ended","object":"event","data":{"id":"sess_unsigned"},"timestamp":1654012591835}""";
        var refused = reason switch
        {
            "mismatch" => await server.TellAsync(body, "msg_unsigned", signedBody: body + " "),
            "out_of_time" => await server.TellAsync(body, "msg_unsigned", DateTimeOffset.UtcNow.AddMinutes(-6)),
            _ => await server.PostAsync("/api/webhooks/clerk", body),
        };
        Assert.Equal(reason, refused.AssertProblem(422, "invalid_signature")["reason"]);
        Assert.Equal(200, (await server.GetAsync("/api/battles", server.Issuer.Token("one", ("sid", "sess_unsigned")))).Status);
    }

    [Theory]
    [InlineData("null", "validation_error")]
    [InlineData("[]", "malformed_json")]
    [InlineData("{", "malformed_json")]
    [InlineData("""{"type":7}""", "malformed_json")]
    [InlineData("""{"type":"session.ended"}""", "malformed_json")]
    [InlineData("""{"type":"session.ended","data":[]}""", "malformed_json")]
    [InlineData("""{"type":"session.ended","data":{}}""", "validation_error")]
    [InlineData("""{"type":"session.ended","data":{"id":7}}""", "malformed_json")]
    public async Task A_signed_message_of_another_form_is_a_faulty_request(string body, string code) => (await server.TellAsync(body, "msg_form")).AssertProblem(400, code);

    [Fact]
    public async Task A_message_that_is_too_large_is_refused() =>
        (await server.TellAsync(new string(' ', 1_100_000), "msg_large")).AssertProblem(413, "too_large");
}
