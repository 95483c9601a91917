using CsCheck;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class BadInputTests(ServerFixture server)
{
    [Theory]
    [InlineData("{\"title\":\"a\",", 400, "malformed_json", null)]
    [InlineData("", 400, "malformed_json", null)]
    [InlineData("{} {}", 400, "malformed_json", null)]
    [InlineData("{\"title\":\"\\ud800\"}", 400, "validation_error", "title")]
    [InlineData("null", 400, "validation_error", "body")]
    [InlineData("[]", 400, "validation_error", "body")]
    [InlineData("{}", 400, "validation_error", "endTime")]
    [InlineData("{\"title\":1}", 400, "validation_error", "title")]
    [InlineData("{\"titel\":\"x\"}", 400, "validation_error", "titel")]
    [InlineData("{\"Title\":\"x\"}", 400, "validation_error", "Title")]
    [InlineData("{\"title\":\"x\",\"title\":\"y\"}", 400, "validation_error", "title")]
    [InlineData("{\"type\":0}", 400, "validation_error", "type")]
    [InlineData("{\"type\":\"WildStyle\"}", 400, "validation_error", "type")]
    [InlineData("{\"type\":\"wildStyle, tournament\"}", 400, "validation_error", "type")]
    [InlineData("{\"startTime\":\"tomorrow\"}", 400, "validation_error", "startTime")]
    [InlineData("{\"startTime\":\"2030-01-01T00:00:00\"}", 400, "validation_error", "startTime")]
    [InlineData("{\"startTime\":\"9999-12-31T23:59:59Z\"}", 400, "validation_error", "startTime")]
    [InlineData("{\"rules\":{\"textLimits\":{\"min\":\"1\"}}}", 400, "validation_error", "rules.textLimits.min")]
    [InlineData("{\"rules\":{\"maxEntries\":1e99}}", 400, "validation_error", "rules.maxEntries")]
    [InlineData("{\"title\":\"a\\u0000b\"}", 400, "validation_error", "title")]
    public async Task A_bad_body_is_refused_with_its_reason(string body, int status, string code, string? field)
    {
        var details = (await server.PostAsync("/api/battles", body, server.Token("bad"))).AssertProblem(status, code);
        if (field is not null)
        {
            Assert.Contains(field, details.Keys);
        }
    }

    [Fact]
    public async Task A_deeply_nested_body_is_refused() =>
        (await server.PostAsync("/api/battles", new string('[', 5_000), server.Token("bad"))).AssertProblem(400, "malformed_json");

    [Fact]
    public async Task A_body_nested_within_a_field_deeper_than_the_bound_is_refused() =>
        (await server.PostAsync("/api/battles", "{\"title\":" + new string('[', 40) + new string(']', 40) + "}", server.Token("bad")))
            .AssertProblem(400, "malformed_json");

    [Fact]
    public async Task A_huge_body_is_too_large() =>
        (await server.PostAsync("/api/battles", "{\"title\":\"" + new string('x', 1_100_000) + "\"}", server.Token("bad"), ServerFixture.AsksFirst)).AssertProblem(413, "too_large");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/xml")]
    public async Task Another_media_type_is_unsupported(string type) =>
        (await server.SendAsync(HttpMethod.Post, "/api/battles", ServerFixture.BattleBody(), server.Token("bad"), type)).AssertProblem(415, "unsupported_media_type");

    [Fact]
    public async Task The_rules_faults_come_with_their_fields()
    {
        var body = ServerFixture.BattleBody("ab").Replace("wildStyle", "tournament", StringComparison.Ordinal);
        var details = (await server.PostAsync("/api/battles", body, server.Token("bad"))).AssertProblem(400, "validation_error");
        Assert.Equal(["title", "type"], details.Keys.Order());
    }

    [Theory]
    [InlineData("/api/battles/not-a-uuid")]
    [InlineData("/api/battles/{00000000-0000-0000-0000-000000000000}")]
    [InlineData("/api/battles/x/tally")]
    [InlineData("/api/battles/x/results")]
    [InlineData("/api/battles/x/entries")]
    [InlineData("/api/entries/x")]
    public async Task An_id_that_is_no_uuid_is_refused(string path) =>
        Assert.Contains("id", (await server.GetAsync(path)).AssertProblem(400, "validation_error").Keys);

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("status=done", "status")]
    [InlineData("type=rap", "type")]
    [InlineData("sort=best", "sort")]
    [InlineData("cursor=zzz", "cursor")]
    [InlineData("cursor=", "cursor")]
    [InlineData("creatorId=%00", "creatorId")]
    public async Task A_bad_query_parameter_is_named(string query, string name) =>
        Assert.Contains(name, (await server.GetAsync("/api/battles?" + query)).AssertProblem(400, "validation_error").Keys);

    [Fact]
    public async Task A_bad_consistency_token_is_named() =>
        Assert.Contains("X-Consistency", (await server.GetAsync("/api/battles", null, ("X-Consistency", "%%%"))).AssertProblem(400, "validation_error").Keys);

    [Theory]
    [InlineData("a b")]
    [InlineData("a\tb")]
    public async Task A_bad_idempotency_key_is_refused(string key) =>
        Assert.Contains(
            "Idempotency-Key",
            (await server.PostAsync("/api/battles", ServerFixture.BattleBody(), server.Token("bad"), ("Idempotency-Key", key))).AssertProblem(400, "validation_error").Keys);

    [Fact]
    public async Task An_idempotency_key_of_256_characters_is_refused() =>
        (await server.PostAsync("/api/battles", ServerFixture.BattleBody(), server.Token("bad"), ("Idempotency-Key", new string('k', 256)))).AssertProblem(400, "validation_error");

    [Fact]
    public async Task An_unknown_route_and_an_unknown_thing_are_not_found()
    {
        (await server.GetAsync("/nothing/here")).AssertProblem(404, "not_found");
        (await server.GetAsync("/api/battles/" + Guid.CreateVersion7())).AssertProblem(404, "not_found");
        (await server.GetAsync("/api/entries/" + Guid.NewGuid())).AssertProblem(404, "not_found");
        (await server.PostAsync("/api/moderation/poem/" + Guid.NewGuid(), "{\"action\":\"approve\"}", server.Token("mod", Actors.Engine.Role.Moderator))).AssertProblem(404, "not_found");
    }

    [Fact]
    public async Task A_wrong_method_is_refused_and_told_the_right_ones()
    {
        var response = await server.SendAsync(HttpMethod.Put, "/api/battles");
        response.AssertProblem(405, "method_not_allowed");
        Assert.Contains("POST", response.Headers["Allow"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_json_never_fails_on_our_side()
    {
        var battle = (await server.CreateBattleAsync("fuzz")).GetProperty("id").GetString();
        string[] paths = ["/api/battles", $"/api/battles/{battle}/entries", $"/api/battles/{battle}/votes", $"/api/battles/{battle}/status", "/api/auth/dev/token"];
        var token = server.Token("fuzz");
        await Gen.Select(OneOf(paths), Json(3)).SampleAsync(
            async (path, body) =>
            {
                var response = await server.PostAsync(path, body, token);
                Assert.True(response.Status < 500, $"{path} {body} gave {response.Status}: {response.Body}");
            },
            iter: 300,
            threads: 2);
    }

    private static Gen<string> OneOf(string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<string> Json(int depth)
    {
        string[] names = ["title", "description", "type", "startTime", "endTime", "votingEndTime", "rules", "content", "text", "entryId", "value", "status", "userId", "role", "min", "max", "textLimits", "x"];
        string[] leaves = ["null", "\"completed, cancelled\"", "true", "1", "-1", "0.5", "1e400", "99999999999999999999", "\"\"", "\"active\"", "\"wildStyle\"", "\"2030-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"\\u0000\"", "\"\\udfff\"", "\"01938a5c-7d2e-7bb3-a3f0-5d0c1c8f2e11\"", "nul", "{", "\"\u0001\""];
        var leaf = OneOf(leaves);
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Json(depth - 1);
        var members = Gen.Select(OneOf(names), inner, (name, value) => $"\"{name}\":{value}").Array[0, 5].Select(all => "{" + string.Join(',', all) + "}");
        return Gen.Frequency((1, leaf), (4, members), (1, inner.Array[0, 3].Select(all => "[" + string.Join(',', all) + "]")));
    }
}
