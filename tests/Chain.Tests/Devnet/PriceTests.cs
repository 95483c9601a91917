using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using WildNOut.Chain.Devnet;

namespace WildNOut.Chain.Tests.Devnet;

public sealed class PriceTests
{
    private const string Jupiter = $"price/v3?ids={DevnetMint.Address}";
    private const string DexScreener = $"token-pairs/v1/solana/{DevnetMint.Address}";
    private const string CoinGecko = $"onchain/simple/networks/solana/token_price/{DevnetMint.Address}?include_market_cap=true&include_24hr_vol=true";
    private const string SolUsd = "ef0d8b6fda2ceba41da15d4095d1da392a0d2f8ed0c6c7bc0f4cfac8c280b56d";
    private const string Hermes = $"v2/updates/price/latest?ids[]={SolUsd}&parsed=true&encoding=hex";

    [Fact]
    public async Task All_feeds_tell_the_price_that_is_held()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Server.Prices.Hold(0.0125m);
        node.Server.Prices.HoldSol(200m);

        var jupiter = (await GetAsync(node, Jupiter)).GetProperty(DevnetMint.Address);
        Assert.Equal(["blockId", "createdAt", "decimals", "liquidity", "priceChange24h", "usdPrice"], Names(jupiter));
        Assert.Equal(0.0125m, jupiter.GetProperty("usdPrice").GetDecimal());

        var pairs = await GetAsync(node, DexScreener);
        Assert.Equal(2, pairs.GetArrayLength());
        Assert.Equal("0.0125", pairs[0].GetProperty("priceUsd").GetString());
        Assert.Equal("0.0000625", pairs[0].GetProperty("priceNative").GetString());
        Assert.Equal(DevnetMint.Address, pairs[0].GetProperty("baseToken").GetProperty("address").GetString());

        var attributes = (await GetAsync(node, CoinGecko)).GetProperty("data").GetProperty("attributes");
        Assert.Equal("0.0125", attributes.GetProperty("token_prices").GetProperty(DevnetMint.Address).GetString());
        Assert.Equal("12500000", attributes.GetProperty("market_cap_usd").GetProperty(DevnetMint.Address).GetString()!.Split('.')[0]);

        var parsed = (await GetAsync(node, Hermes)).GetProperty("parsed")[0];
        Assert.Equal(SolUsd, parsed.GetProperty("id").GetString());
        Assert.Equal(("20000000000", -8), (parsed.GetProperty("price").GetProperty("price").GetString(), parsed.GetProperty("price").GetProperty("expo").GetInt32()));
    }

    [Fact]
    public async Task Each_feed_is_steered_by_itself()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Server.Prices.Hold(2m);
        node.Server.Prices.Steer("jupiter", new FeedSteering { Absent = true });
        node.Server.Prices.Steer("dexscreener", new FeedSteering { Factor = 10, Liquidity = null });
        node.Server.Prices.Steer("hermes", new FeedSteering { Age = TimeSpan.FromHours(1) });
        Assert.Empty((await GetAsync(node, Jupiter)).EnumerateObject());
        var pair = (await GetAsync(node, DexScreener))[0];
        Assert.Equal(20m, decimal.Parse(pair.GetProperty("priceUsd").GetString()!));
        Assert.False(pair.TryGetProperty("liquidity", out _));
        Assert.Equal(2m, decimal.Parse((await GetAsync(node, CoinGecko)).GetProperty("data").GetProperty("attributes").GetProperty("token_prices").GetProperty(DevnetMint.Address).GetString()!));
        var published = (await GetAsync(node, Hermes)).GetProperty("parsed")[0].GetProperty("price").GetProperty("publish_time").GetInt64();
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - published, 3_600, 3_700);

        node.Server.Prices.Steer("jupiter", null);
        Assert.Single((await GetAsync(node, Jupiter)).EnumerateObject());
    }

    [Fact]
    public async Task Unknown_tokens_are_absent_and_unknown_prices_not_found()
    {
        await using var node = await DevnetNode.StartAsync();
        const string other = "So11111111111111111111111111111111111111112";
        Assert.Empty((await GetAsync(node, $"price/v3?ids={other}")).EnumerateObject());
        Assert.Equal(0, (await GetAsync(node, $"token-pairs/v1/solana/{other}")).GetArrayLength());
        using var hermes = await node.GetAsync("v2/updates/price/latest?ids[]=00");
        Assert.Equal(HttpStatusCode.NotFound, hermes.StatusCode);
        using var nowhere = await node.GetAsync("nowhere");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task Hermes_streams_events()
    {
        await using var node = await DevnetNode.StartAsync();
        await using var stream = await node.StreamAsync($"v2/updates/price/stream?ids[]={SolUsd}&parsed=true&encoding=hex");
        using var reader = new StreamReader(stream);
        for (var i = 0; i < 2; i++)
        {
            var line = await reader.ReadLineAsync();
            Assert.StartsWith("data:", line, StringComparison.Ordinal);
            Assert.Equal(["binary", "parsed"], Names(JsonDocument.Parse(line!["data:".Length..]).RootElement));
            Assert.Equal("", await reader.ReadLineAsync());
        }
    }

    [Fact]
    public async Task Faults_strike_feeds_by_name()
    {
        await using var node = await DevnetNode.StartAsync();
        node.Faults.Set(DevnetFault.Throttled, new FaultRule { Method = "jupiter" });
        using var throttled = await node.GetAsync(Jupiter);
        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        await GetAsync(node, DexScreener);
    }

    [Fact]
    public void Prices_wander_with_time_alone()
    {
        var (one, other) = (new SimulatedPrices(4), new SimulatedPrices(4));
        var time = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var hour = Enumerable.Range(0, 360).Select(step => one.At(time.AddSeconds(step * 10))).ToList();
        Assert.Equal(hour, Enumerable.Range(0, 360).Select(step => other.At(time.AddSeconds(step * 10))));
        Assert.True(hour.Distinct().Count() > 300);
        Assert.All(hour.Zip(hour.Skip(1), (before, after) => after / before), change => Assert.InRange(change, 0.99m, 1.01m));
        Assert.NotEqual(hour, Enumerable.Range(0, 360).Select(step => new SimulatedPrices(5).At(time.AddSeconds(step * 10))));
    }

    private static async Task<JsonElement> GetAsync(DevnetNode node, string path)
    {
        using var response = await node.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name).Order();
}
