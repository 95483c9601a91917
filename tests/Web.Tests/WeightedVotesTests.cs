using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using WildNOut.Web.Endpoints;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class WeightedVotesTests(ServerFixture server)
{
    private const ulong Token = 1_000_000;

    [Theory]
    [InlineData("holderTier", 0, 1)]
    [InlineData("holderTier", 5, 2)]
    [InlineData("holderTier", 1_000, 3)]
    [InlineData("holderTier", 10_000, 5)]
    [InlineData("holderTier", 100_000, 8)]
    [InlineData("quadratic", 0, 1)]
    [InlineData("quadratic", 3, 1)]
    [InlineData("quadratic", 4, 2)]
    [InlineData("quadratic", 10_200, 100)]
    public async Task A_vote_weighs_by_what_its_voter_held_when_voting_began(string weighting, ulong tokens, int weight)
    {
        using var wallet = new TestWallet();
        var voter = $"{weighting}-{tokens}";
        await HoldAsync(wallet, voter, tokens * Token);
        var (battle, entries) = await OpenVotingAsync(weighting);
        Assert.Equal(weight, await VoteAsync(battle, entries[0], voter));
        Assert.Equal(weight, await VoteAsync(battle, entries[1], voter));
    }

    [Fact]
    public async Task A_wallet_linked_after_voting_began_counts_nothing_and_a_disconnect_takes_nothing_away()
    {
        using var early = new TestWallet();
        using var late = new TestWallet();
        await HoldAsync(early, "early", 100 * Token);
        var (battle, entries) = await OpenVotingAsync("quadratic");
        await HoldAsync(late, "late", 1_000_000 * Token);
        Assert.Equal(1, await VoteAsync(battle, entries[0], "late"));
        Assert.Equal(10, await VoteAsync(battle, entries[0], "early"));
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/wallet/{early.Address}", null, server.Token("early"))).Status);
        Assert.Equal(10, await VoteAsync(battle, entries[1], "early"));

        await HoldAsync(early, "late", 5 * Token);
        Assert.Equal(1, await VoteAsync(battle, entries[1], "late"));
    }

    [Fact]
    public async Task A_repeat_gets_the_first_receipt_and_results_count_the_weights()
    {
        using var wallet = new TestWallet();
        await HoldAsync(wallet, "whale", 400 * Token);
        var (battle, entries) = await OpenVotingAsync("quadratic");
        var body = $$"""{"entryId":"{{entries[1]}}"}""";
        var first = await server.PostAsync($"/api/battles/{battle}/votes", body, server.Token("whale"), ("Idempotency-Key", "v"));
        Assert.Equal(first.Body, (await server.PostAsync($"/api/battles/{battle}/votes", body, server.Token("whale"), ("Idempotency-Key", "v"))).Body);
        (await server.PostAsync($"/api/battles/{battle}/votes", body, server.Token("whale"))).AssertProblem(409, "already_voted");
        foreach (var voter in new[] { "shrimp1", "shrimp2" })
        {
            Assert.Equal(1, await VoteAsync(battle, entries[0], voter));
        }

        await server.PostAsync($"/api/battles/{battle}/status", """{"status":"completed"}""", server.Token("weigher"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Response results;
        while ((results = await server.GetAsync($"/api/battles/{battle}/results")).Status != 200)
        {
            await Task.Delay(50, patience.Token);
        }

        Assert.Equal([20, 2], results.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("total").GetInt32()));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(8, 2)]
    [InlineData(9, 3)]
    [InlineData(4_503_599_627_370_495, 67_108_863)]
    [InlineData(18_446_744_065_119_617_024, 4_294_967_294)]
    [InlineData(18_446_744_065_119_617_025, 4_294_967_295)]
    [InlineData(ulong.MaxValue, 4_294_967_295)]
    public void The_whole_root_is_exact(ulong tokens, long weight) =>
        Assert.Equal(weight, WeightedVotes.WeightOf(VoteWeighting.Quadratic, new HoldingsThen(default, tokens, HolderTier.Platinum)));

    private async Task HoldAsync(TestWallet wallet, string user, ulong amount)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await wallet.LinkAsync(server, user)).Status != 201)
        {
            await Task.Delay(50, patience.Token);
        }

        Assert.IsType<Done>(await server.Services.GetRequiredService<EntityGateway>().AskAsync(
            WalletRegions.OfUser(user), new SetHoldings(wallet.Address, amount, 10, 6)));
    }

    private async Task<int> VoteAsync(string battle, string entry, string voter)
    {
        var response = await server.PostAsync($"/api/battles/{battle}/votes", $$"""{"entryId":"{{entry}}"}""", server.Token(voter));
        Assert.Equal((201, response.Body), (response.Status, response.Body));
        return response.Json.GetProperty("weight").GetInt32();
    }

    private async Task<(string Battle, string[] Entries)> OpenVotingAsync(string weighting)
    {
        var body = JsonDocument.Parse(ServerFixture.BattleBody()).RootElement.EnumerateObject().ToDictionary(field => field.Name, field => (object)field.Value);
        body["rules"] = new { weighting };
        var battle = (await server.PostAsync("/api/battles", JsonSerializer.Serialize(body), server.Token("weigher"))).Json.GetProperty("id").GetString()!;
        var entries = new List<string>();
        foreach (var entrant in new[] { "entrant1", "entrant2" })
        {
            var entry = await server.PostAsync($"/api/battles/{battle}/entries", """{"content":{"type":"text","text":"Yo"}}""", server.Token(entrant));
            entries.Add(entry.Json.GetProperty("id").GetString()!);
        }

        Assert.Equal(200, (await server.PostAsync($"/api/battles/{battle}/status", """{"status":"voting"}""", server.Token("weigher"))).Status);
        return (battle, [.. entries]);
    }
}
