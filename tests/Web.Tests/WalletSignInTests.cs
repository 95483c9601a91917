using System.Text.Json;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class WalletSignInTests(ServerFixture server)
{
    [Fact]
    public async Task A_wallet_signs_in_as_a_user_of_its_own_whose_it_becomes()
    {
        using var wallet = new TestWallet();
        var signedIn = await SignInAsync(wallet);
        var list = (await server.GetAsync("/api/wallet", signedIn.Access)).Json;
        Assert.Equal(wallet.Address, Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("address").GetString());
        var expires = signedIn.Body.GetProperty("expiresAt").GetDateTimeOffset() - DateTimeOffset.UtcNow;
        Assert.InRange(expires, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        (await wallet.LinkAsync(server, "somebody")).AssertProblem(409, "wallet_taken");
    }

    [Fact]
    public async Task A_linked_wallet_signs_in_its_user()
    {
        using var wallet = new TestWallet();
        Assert.Equal(201, (await wallet.LinkAsync(server, "linked-user")).Status);
        var (access, _, _) = await SignInAsync(wallet);
        var sessions = (await server.GetAsync("/api/auth/sessions", server.Token("linked-user"))).Json;
        Assert.Equal(wallet.Address, Assert.Single(sessions.GetProperty("items").EnumerateArray()).GetProperty("address").GetString());
        Assert.Equal(1, (await server.GetAsync("/api/auth/sessions", access)).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Many_first_sign_ins_at_the_same_instant_agree_on_the_user()
    {
        using var wallet = new TestWallet();
        var signedIn = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignInAsync(wallet)));
        foreach (var (access, _, _) in signedIn)
        {
            Assert.Equal(6, (await server.GetAsync("/api/auth/sessions", access)).Json.GetProperty("items").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_wallet_that_was_given_up_does_not_sign_in_its_former_user_and_its_sessions_end()
    {
        using var wallet = new TestWallet();
        Assert.Equal(201, (await wallet.LinkAsync(server, "former")).Status);
        var (_, refresh, _) = await SignInAsync(wallet);
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/wallet/{wallet.Address}", null, server.Token("former"))).Status);
        var again = await wallet.SignInAsync(server);
        if (again.Status == 200)
        {
            Assert.NotEqual("former", UserOf(again.Json.GetProperty("accessToken").GetString()!));
        }
        else
        {
            again.AssertProblem(409, "wallet_taken");
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await server.GetAsync("/api/auth/sessions", server.Token("former"))).Json.GetProperty("items").GetArrayLength() > 0)
        {
            await Task.Delay(50, patience.Token);
        }

        (await RefreshAsync(refresh)).AssertProblem(401, "invalid_refresh_token");
    }

    [Fact]
    public async Task Refresh_tokens_rotate_and_an_old_one_ends_the_session()
    {
        using var wallet = new TestWallet();
        var (_, first, _) = await SignInAsync(wallet);
        var second = await RefreshedAsync(first);
        var third = await RefreshedAsync(second);
        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
        var reused = await RefreshAsync(second);
        reused.AssertProblem(401, "refresh_token_reused");
        Assert.StartsWith("Bearer", reused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        (await RefreshAsync(third)).AssertProblem(401, "invalid_refresh_token");
    }

    [Fact]
    public async Task Of_many_exchanges_of_a_token_at_the_same_instant_at_most_one_counts_and_the_session_ends()
    {
        using var wallet = new TestWallet();
        var (_, first, _) = await SignInAsync(wallet);
        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(first)));
        var winner = Assert.Single(responses, response => response.Status == 200);
        (await RefreshAsync(winner.Json.GetProperty("refreshToken").GetString()!)).AssertProblem(401, "invalid_refresh_token");
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_gets_the_same_tokens_and_ends_nothing()
    {
        using var wallet = new TestWallet();
        var proof = wallet.Proof(await wallet.ChallengeAsync(server, "/api/auth/wallet/challenge"));
        var first = await server.PostAsync("/api/auth/wallet/verify", proof, null, ("Idempotency-Key", "in"));
        var again = await server.PostAsync("/api/auth/wallet/verify", proof, null, ("Idempotency-Key", "in"));
        var token = first.Json.GetProperty("refreshToken").GetString()!;
        Assert.Equal(token, again.Json.GetProperty("refreshToken").GetString());
        var body = JsonSerializer.Serialize(new { refreshToken = token });
        var next = await server.PostAsync("/api/auth/refresh", body, null, ("Idempotency-Key", "r"));
        var same = await server.PostAsync("/api/auth/refresh", body, null, ("Idempotency-Key", "r"));
        Assert.Equal(next.Json.GetProperty("refreshToken").GetString(), same.Json.GetProperty("refreshToken").GetString());
        await RefreshedAsync(next.Json.GetProperty("refreshToken").GetString()!);
    }

    [Fact]
    public async Task A_session_is_ended_by_logging_out_and_by_its_user()
    {
        using var wallet = new TestWallet();
        var (_, first, _) = await SignInAsync(wallet);
        var (access, second, _) = await SignInAsync(wallet);
        Assert.Equal(204, (await server.PostAsync("/api/auth/logout", JsonSerializer.Serialize(new { refreshToken = first }))).Status);
        Assert.Equal(204, (await server.PostAsync("/api/auth/logout", JsonSerializer.Serialize(new { refreshToken = first }))).Status);
        (await RefreshAsync(first)).AssertProblem(401, "invalid_refresh_token");
        var session = Assert.Single((await server.GetAsync("/api/auth/sessions", access)).Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString();
        (await server.SendAsync(HttpMethod.Delete, $"/api/auth/sessions/{session}", null, server.Token("stranger"))).AssertProblem(404, "not_found");
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/auth/sessions/{session}", null, access)).Status);
        (await RefreshAsync(second)).AssertProblem(401, "invalid_refresh_token");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("abc")]
    [InlineData("abc.def")]
    [InlineData("YW5u.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ünïcode.ünïcode")]
    public async Task What_is_no_refresh_token_is_refused(string token) => (await RefreshAsync(token)).AssertProblem(401, "invalid_refresh_token");

    [Fact]
    public async Task A_refresh_without_a_token_is_a_faulty_request() =>
        Assert.Equal(["refreshToken"], (await server.PostAsync("/api/auth/refresh", "{}")).AssertProblem(400, "validation_error").Keys);

    private Task<Response> RefreshAsync(string token) => server.PostAsync("/api/auth/refresh", JsonSerializer.Serialize(new { refreshToken = token }));

    private async Task<string> RefreshedAsync(string token)
    {
        var response = await RefreshAsync(token);
        Assert.Equal((200, response.Body), (response.Status, response.Body));
        return response.Json.GetProperty("refreshToken").GetString()!;
    }

    private async Task<(string Access, string Refresh, JsonElement Body)> SignInAsync(TestWallet wallet)
    {
        var response = await wallet.SignInAsync(server);
        Assert.Equal((200, response.Body), (response.Status, response.Body));
        return (response.Json.GetProperty("accessToken").GetString()!, response.Json.GetProperty("refreshToken").GetString()!, response.Json);
    }

    private static string UserOf(string accessToken)
    {
        var payload = System.Buffers.Text.Base64Url.DecodeFromChars(accessToken.Split('.')[1]);
        return JsonDocument.Parse(payload).RootElement.GetProperty("sub").GetString()!;
    }
}
