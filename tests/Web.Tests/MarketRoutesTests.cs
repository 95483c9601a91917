using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Token;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class MarketRoutesTests(ServerFixture server)
{
    private static readonly TokenSupply Supply = new(ulong.MaxValue, 9);

    [Fact]
    public async Task A_market_goes_from_unknown_to_priced_with_history_and_milestones()
    {
        var unknown = (await server.GetAsync("/api/token")).Json;
        Assert.Equal(server.Mint, unknown.GetProperty("mint").GetString());
        Assert.True(unknown.GetProperty("stale").GetBoolean());
        Assert.All(
            new[] { "decimals", "price", "priceSource", "priceAt", "marketCap", "totalSupply", "priceChange24h", "volume24h" },
            name => Assert.Equal(JsonValueKind.Null, unknown.GetProperty(name).ValueKind));

        Done done = null!;
        for (var i = 0; i < 3; i++)
        {
            done = await SampleAsync(0.012345678901234567m);
        }

        server.Services.GetRequiredService<ShardRegions>().Tell(
            Address, new SourcesObserved(server.Mint!, [new SourceReport("jupiter", 0.0123m, DateTimeOffset.UtcNow, 5_000, null)], 100m, null));
        var read = await server.GetAsync("/api/token");
        Assert.Equal(200, read.Status);
        Assert.Contains("\"price\":0.012345678901234567,", read.Body, StringComparison.Ordinal);
        Assert.Contains("\"totalSupply\":\"18446744073709551615\",", read.Body, StringComparison.Ordinal);
        Assert.Equal(("dexscreener", 9, false), (read.Json.GetProperty("priceSource").GetString(), read.Json.GetProperty("decimals").GetInt32(), read.Json.GetProperty("stale").GetBoolean()));
        Assert.Equal("18446744073.709551615", read.Json.GetProperty("totalSupplyDisplay").GetString());
        Assert.Equal((100m, 1.23m), (read.Json.GetProperty("volume24h").GetDecimal(), read.Json.GetProperty("volume24hUsd").GetDecimal()));
        Assert.Equal("jupiter", Assert.Single(read.Json.GetProperty("sources").EnumerateArray()).GetProperty("source").GetString());
        Assert.StartsWith("W/\"", read.Headers["ETag"], StringComparison.Ordinal);
        Assert.Equal(304, (await server.GetAsync("/api/token", null, ("If-None-Match", read.Headers["ETag"]))).Status);

        Assert.True(await server.Services.GetRequiredService<ProjectionProgress>().WaitForRowAsync(MarketProjection.Key, Address.PersistenceId, done.SequenceNr));
        var history = await server.GetAsync("/api/token/history?timeframe=week");
        Assert.Equal(("week", 3_600), (history.Json.GetProperty("timeframe").GetString(), history.Json.GetProperty("interval").GetInt32()));
        var candle = history.Json.GetProperty("items").EnumerateArray().Last();
        Assert.Equal((0.012345678901234567m, JsonValueKind.Null), (candle.GetProperty("close").GetDecimal(), candle.GetProperty("volume").ValueKind));
        Assert.Equal(304, (await server.GetAsync("/api/token/history?timeframe=week", null, ("If-None-Match", history.Headers["ETag"]))).Status);
        Assert.Equal("day", (await server.GetAsync("/api/token/history")).Json.GetProperty("timeframe").GetString());

        var milestones = (await server.GetAsync("/api/token/milestones")).Json;
        Assert.Equal([10_000_000, 50_000_000, 100_000_000, 200_000_000], milestones.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("milestone").GetInt64()));
    }

    [Theory]
    [InlineData("hour")]
    [InlineData("Day")]
    [InlineData("")]
    [InlineData("1")]
    public async Task A_history_of_another_length_is_refused(string timeframe) =>
        Assert.Contains("timeframe", (await server.GetAsync($"/api/token/history?timeframe={timeframe}")).AssertProblem(400, "validation_error").Keys);

    private EntityAddress Address => MarketSetup.AddressOf(server.Mint!);

    private async Task<Done> SampleAsync(decimal price)
    {
        var agreed = new AgreedPrice(price, DateTimeOffset.UtcNow, "dexscreener", ["dexscreener"]);
        return Assert.IsType<Done>(await server.Services.GetRequiredService<EntityGateway>().AskAsync(Address, new RecordSample(server.Mint!, agreed, Supply, 1)));
    }
}

/// <summary>A node of its own, because it has no token.</summary>
public sealed class NoTokenTests
{
    [Fact]
    public async Task Where_no_token_is_configured_there_is_none()
    {
        var server = new ServerFixture { Mint = null };
        await server.InitializeAsync();
        try
        {
            string[] paths =
            [
                "/api/token", "/api/token/history", "/api/token/milestones", "/api/token/transactions", "/api/token/stream", "/api/users/me/transactions",
            ];
            foreach (var path in paths)
            {
                (await server.GetAsync(path, server.Token("someone"))).AssertProblem(404, "not_found");
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
