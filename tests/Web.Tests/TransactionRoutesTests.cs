using System.Text.Json;

namespace WildNOut.Web.Tests;

public sealed class TransactionRoutesTests(TokenServerFixture server) : IClassFixture<TokenServerFixture>, IAsyncLifetime
{
    private string _consistency = "";

    public async Task InitializeAsync() => _consistency = await server.FillAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Transactions_come_newest_first_in_pages_that_lead_on()
    {
        var seen = new List<JsonElement>();
        var next = "/api/token/transactions?limit=4";
        while (next is not null)
        {
            var page = await server.GetAsync(next, null, ("X-Consistency", _consistency));
            Assert.Equal(200, page.Status);
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray());
            next = page.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.Equal(Enumerable.Range(0, 10).Reverse().Select(n => $"s{n}"), seen.Select(item => item.GetProperty("signature").GetString()));
        Assert.Equal(
            """{"signature":"s9","index":0,"slot":12,"blockTime":"2026-01-02T03:04:12.000Z","sender":"ANN","recipient":"BOB","amount":"1509","fee":"0","decimals":3,"display":"1.509","kind":"transfer","commitment":"confirmed","position":10}"""
                .Replace("ANN", TokenServerFixture.Ann, StringComparison.Ordinal).Replace("BOB", TokenServerFixture.Bob, StringComparison.Ordinal),
            seen[0].GetRawText());
        Assert.Equal("finalized", seen[^1].GetProperty("commitment").GetString());
    }

    [Fact]
    public async Task A_wallet_has_what_it_gave_and_received()
    {
        var page = await server.GetAsync($"/api/token/transactions?wallet={TokenServerFixture.Ann}", null, ("X-Consistency", _consistency));
        Assert.Equal(["s9", "s8", "s6", "s5", "s3", "s2", "s0"], page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("signature").GetString()));
        Assert.Empty((await server.GetAsync("/api/token/transactions?wallet=11111111111111111111111111111111")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task One_s_own_transactions_are_those_of_all_one_s_wallets_and_nobody_else_s()
    {
        Assert.Equal(7, await MineAsync("ann"));
        Assert.Equal(10, await MineAsync("both"));
        Assert.Equal(0, await MineAsync("nobody"));
        (await server.GetAsync("/api/users/me/transactions")).AssertProblem(401, "unauthorized");
    }

    [Theory]
    [InlineData("wallet=ann", "wallet")]
    [InlineData("wallet=0nnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAn", "wallet")]
    [InlineData("limit=101", "limit")]
    [InlineData("cursor=abc", "cursor")]
    public async Task What_makes_no_sense_is_refused(string query, string field) =>
        Assert.Contains(field, (await server.GetAsync("/api/token/transactions?" + query)).AssertProblem(400, "validation_error").Keys);

    private async Task<int> MineAsync(string user) =>
        (await server.GetAsync("/api/users/me/transactions?limit=100", server.Token(user), ("X-Consistency", _consistency))).Json.GetProperty("items").GetArrayLength();
}
