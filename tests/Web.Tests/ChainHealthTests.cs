using WildNOut.Actors.Engine;

namespace WildNOut.Web.Tests;

/// <summary>A node whose endpoints of the chain are down.</summary>
public sealed class ChainHealthTests(ChainHealthTests.Node node) : IClassFixture<ChainHealthTests.Node>
{
    [Fact]
    public async Task The_node_is_ready_without_the_chain_and_tells_how_its_endpoints_are_but_no_key()
    {
        Assert.Equal(204, (await node.GetAsync("/health/readiness")).Status);
        var health = await node.GetAsync("/health");
        Assert.Equal((200, "degraded"), (health.Status, health.Json.GetProperty("status").GetString()));
        Assert.Equal("degraded", health.Json.GetProperty("parts").GetProperty("chain").GetProperty("status").GetString());
        Assert.DoesNotContain("127.0.0.1", health.Body, StringComparison.Ordinal);
        var details = await node.GetAsync("/health/details", node.Token("root", Role.Admin));
        var endpoints = details.Json.GetProperty("chain").GetProperty("endpoints").EnumerateArray().ToArray();
        Assert.Equal(["127.0.0.1:1", "127.0.0.1:1#2"], endpoints.Select(endpoint => endpoint.GetProperty("endpoint").GetString()));
        Assert.Equal([false, true], endpoints.Select(endpoint => endpoint.GetProperty("fallback").GetBoolean()));
        Assert.Contains(endpoints[0].GetProperty("breaker").GetString(), new[] { "closed", "halfOpen", "open" });
        Assert.DoesNotContain("hidden", details.Body, StringComparison.Ordinal);
    }

    /// <summary>Nobody listens at port 1.</summary>
    public sealed class Node : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["TOKEN_MINT_ADDRESS"] = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
            ["SOLANA_RPC_URLS"] = "http://127.0.0.1:1/hidden",
            ["SOLANA_FALLBACK_RPC_URLS"] = "http://name:hidden@127.0.0.1:1/?key=hidden",
        };
    }
}
