using System.Globalization;
using Microsoft.AspNetCore.Http;
using WildNOut.Chain.Prices;

namespace WildNOut.Chain.Tests.Prices;

/// <summary>The adapters against servers that speak the documented shapes, well and badly.</summary>
public sealed class FeedSpec : IDisposable
{
    private const string Mint = "WNouT1111111111111111111111111111111111111";
    private const string FeedId = "0xABcdef0000000000000000000000000000000000000000000000000000000001";
    private static readonly StillClock Clock = new();

    private readonly HttpClient _client = FeedHttp.NewClient();

    public static TheoryData<string> Feeds => ["jupiter", "dexscreener", "coingecko", "hermes"];

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Jupiter_tells_price_and_liquidity_exactly()
    {
        await using var server = await FeedServer.AnsweringAsync($$$"""
            {"{{{Mint}}}":{"usdPrice":0.002100000000000001,"blockId":348000001,"decimals":6,"priceChange24h":-1.2,"liquidity":52000.5,"createdAt":"2025-01-01T00:00:00Z"}}
            """, headers: ("Age", "7"));
        var reading = await Feed("jupiter", server, "secret").ReadAsync(Mint, default);
        Assert.Equal(new PriceReading(0.002100000000000001m, Clock.Now.AddSeconds(-7), 52_000.5m), reading);
        var request = Assert.Single(server.Requests);
        Assert.Equal(($"/price/v3?ids={Mint}", "secret"), (request.Path, request.Headers["x-api-key"]));
    }

    [Fact]
    public async Task DexScreener_tells_the_price_of_the_deepest_pool_in_which_the_token_is_the_base()
    {
        await using var server = await FeedServer.AnsweringAsync($$$"""
            [
              {{{Pair(Mint, "\"0.0020\"", "{\"usd\":10}")}}},
              {{{Pair("Other", "\"150\"", "{\"usd\":9000000}")}}},
              {{{Pair(Mint, "\"0.0021\"", "{\"usd\":50000,\"base\":1,\"quote\":2}")}}},
              {{{Pair(Mint, "null", "{\"usd\":60000}")}}},
              {{{Pair(Mint, "\"0.5\"", "null")}}},
              {"chainId":"ethereum","baseToken":{"address":"{{{Mint}}}"},"priceUsd":"9","liquidity":{"usd":70000}},
              {"chainId":"solana","priceUsd":"9"},
              null
            ]
            """);
        Assert.Equal(new PriceReading(0.0021m, Clock.Now, 50_000m, 1m), await Feed("dexscreener", server).ReadAsync(Mint, default));
        Assert.Equal($"/token-pairs/v1/solana/{Mint}", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task DexScreener_gives_no_price_where_the_token_is_only_ever_the_quote()
    {
        await using var server = await FeedServer.AnsweringAsync($"[{Pair("Other", "\"150\"", "{\"usd\":9000000}")}]");
        Assert.Null(await Feed("dexscreener", server).ReadAsync(Mint, default));
    }

    [Fact]
    public async Task A_pool_of_unknown_depth_will_do_when_there_is_no_other()
    {
        await using var server = await FeedServer.AnsweringAsync($"[{Pair(Mint, "\"1e-7\"", "null")}]");
        Assert.Equal(new PriceReading(0.0000001m, Clock.Now, null, 1m), await Feed("dexscreener", server).ReadAsync(Mint, default));
    }

    [Fact]
    public async Task CoinGecko_tells_price_and_volume_from_strings()
    {
        await using var server = await FeedServer.AnsweringAsync("""
            {"data":{"id":"1","type":"simple_token_price","attributes":{"token_prices":{"MINT":"0.990000000000000000001"},"market_cap_usd":{"MINT":"5.1"},"h24_volume_usd":{"MINT":"2.0"}}}}
            """.Replace("MINT", Mint, StringComparison.Ordinal));
        Assert.Equal(new PriceReading(0.990000000000000000001m, Clock.Now, null, 2.0m), await Feed("coingecko", server, "secret").ReadAsync(Mint, default));
        var request = Assert.Single(server.Requests);
        Assert.StartsWith($"/onchain/simple/networks/solana/token_price/{Mint}?", request.Path, StringComparison.Ordinal);
        Assert.Equal("secret", request.Headers["x-cg-demo-api-key"]);
    }

    [Fact]
    public async Task Hermes_tells_the_price_of_its_feed_number_with_the_time_it_was_published()
    {
        await using var server = await FeedServer.AnsweringAsync(Hermes("18346", -8, 1_785_143_368));
        Assert.Equal(
            new PriceReading(0.00018346m, DateTimeOffset.FromUnixTimeSeconds(1_785_143_368)), await Feed("hermes", server, "secret").ReadAsync(Mint, default));
        var request = Assert.Single(server.Requests);
        Assert.StartsWith($"/v2/updates/price/latest?ids[]={FeedId[2..].ToLowerInvariant()}&", request.Path, StringComparison.Ordinal);
        Assert.Equal("Bearer secret", request.Headers["Authorization"]);
        Assert.Null(await Feed("hermes", server).ReadAsync("a mint without a number", default));
        Assert.Null(await Feed("hermes", server).ReadAsync(HermesFeed.SolMint, default));
    }

    [Theory]
    [InlineData("7", 3, "7000")]
    [InlineData("1", -18, "0.000000000000000001")]
    [InlineData("-5", 0, "-5")]
    [InlineData("1", -19, null)]
    [InlineData("1", 10, null)]
    [InlineData("9999999999999999999999", -8, null)]
    public async Task Hermes_scales_exactly_or_not_at_all(string mantissa, int exponent, string? price)
    {
        await using var server = await FeedServer.AnsweringAsync(Hermes(mantissa, exponent, 1));
        Assert.Equal(price, (await Feed("hermes", server).ReadAsync(Mint, default))?.Price.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Hermes_streams_prices_as_they_come_and_ends_with_the_connection()
    {
        await using var server = await FeedServer.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync(":ping\n\n");
            foreach (var price in new[] { "100", "101" })
            {
                await http.Response.WriteAsync($"data:{Hermes(price, -2, 5)}\n\n");
                await http.Response.Body.FlushAsync();
            }

            await http.Response.WriteAsync("data: {\"parsed\":[]}\n\n");
        });
        var prices = new List<decimal>();
        await foreach (var reading in ((IStreamedPriceFeed)Feed("hermes", server)).StreamAsync(Mint, default))
        {
            prices.Add(reading.Price);
        }

        Assert.Equal([1.00m, 1.01m], prices);
        Assert.StartsWith("/v2/updates/price/stream?", Assert.Single(server.Requests).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_of_nonsense_is_a_fault_and_not_a_price()
    {
        await using var server = await FeedServer.AnsweringAsync("data: <html>\n\n");
        await Assert.ThrowsAsync<FeedException>(async () => await ((IStreamedPriceFeed)Feed("hermes", server)).StreamAsync(Mint, default).GetAsyncEnumerator().MoveNextAsync());
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task What_is_not_the_feed_s_json_is_a_fault(string name)
    {
        foreach (var body in new[] { "", "<html>busy</html>", "null", "7", "{\"data\":", "[[]]", "\"x\"" })
        {
            await using var server = await FeedServer.AnsweringAsync(body);
            await Assert.ThrowsAsync<FeedException>(() => Feed(name, server).ReadAsync(Mint, default));
        }
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task A_token_that_the_feed_leaves_out_has_no_price(string name)
    {
        await using var server = await FeedServer.AnsweringAsync(name == "dexscreener" ? "[]" : "{}");
        Assert.Null(await Feed(name, server).ReadAsync(Mint, default));
    }

    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("1e400")]
    [InlineData("\"99999999999999999999999999999999999\"")]
    [InlineData("\"\"")]
    [InlineData("\"1,5\"")]
    public async Task What_is_no_number_is_unknown(string price)
    {
        await using var jupiter = await FeedServer.AnsweringAsync($$$"""{"{{{Mint}}}":{"liquidity":1,"usdPrice":{{{price}}} } }""");
        await using var dexScreener = await FeedServer.AnsweringAsync($"[{Pair(Mint, price, "{\"usd\":1}")}]");
        await using var coinGecko = await FeedServer.AnsweringAsync($$$"""{"data":{"attributes":{"token_prices":{"{{{Mint}}}":{{{price}}} } } } }""");
        await using var hermes = await FeedServer.AnsweringAsync(Hermes(price, -8, 5, quoted: false));
        Assert.Null(await Feed("jupiter", jupiter).ReadAsync(Mint, default));
        Assert.Null(await Feed("dexscreener", dexScreener).ReadAsync(Mint, default));
        Assert.Null(await Feed("coingecko", coinGecko).ReadAsync(Mint, default));
        Assert.Null(await Feed("hermes", hermes).ReadAsync(Mint, default));
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task Another_token_s_price_is_not_taken(string name)
    {
        await using var server = await FeedServer.AnsweringAsync(name switch
        {
            "jupiter" => """{"Other":{"usdPrice":1}}""",
            "dexscreener" => $"[{Pair("Other", "\"1\"", "{\"usd\":1}")}]",
            "coingecko" => """{"data":{"attributes":{"token_prices":{"Other":"1"}}}}""",
            _ => Hermes("1", 0, 5).Replace("abcdef", "000000", StringComparison.Ordinal),
        });
        Assert.Null(await Feed(name, server).ReadAsync(Mint, default));
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task A_refusal_carries_how_long_to_wait(string name)
    {
        await using var server = await FeedServer.AnsweringAsync("busy", 429, ("Retry-After", "42"));
        Assert.Equal(TimeSpan.FromSeconds(42), (await Assert.ThrowsAsync<FeedException>(() => Feed(name, server).ReadAsync(Mint, default))).RetryAfter);
        await using var dated = await FeedServer.AnsweringAsync("busy", 503, ("Retry-After", Clock.Now.AddSeconds(30).ToString("R", CultureInfo.InvariantCulture)));
        Assert.Equal(TimeSpan.FromSeconds(30), (await Assert.ThrowsAsync<FeedException>(() => Feed(name, dated).ReadAsync(Mint, default))).RetryAfter);
        await using var moved = await FeedServer.AnsweringAsync("", 302, ("Location", "http://127.0.0.1:1/"));
        Assert.Null((await Assert.ThrowsAsync<FeedException>(() => Feed(name, moved).ReadAsync(Mint, default))).RetryAfter);
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task An_answer_without_end_and_a_feed_that_is_away_are_faults(string name)
    {
        await using var server = await FeedServer.AnsweringAsync(new string(' ', FeedHttp.MostBytes + 1));
        await Assert.ThrowsAsync<FeedException>(() => Feed(name, server).ReadAsync(Mint, default));
        await server.DisposeAsync();
        var gone = Feed(name, new Uri("http://127.0.0.1:1/"), null);
        Assert.DoesNotContain("127.0.0.1", (await Assert.ThrowsAsync<FeedException>(() => gone.ReadAsync(Mint, default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Feeds_are_made_of_options_and_hermes_without_a_number_serves_sol_only()
    {
        var http = new FeedHttp(_client, Clock);
        var feeds = PriceFeeds.Of(Options([new("jupiter"), new("hermes"), new("coingecko", new Uri("http://127.0.0.1:9/x"))]), http);
        Assert.Equal(["jupiter", "coingecko"], feeds.Token.Select(feed => feed.Name));
        Assert.Equal("hermes", feeds.Sol!.Name);
        Assert.Null(PriceFeeds.Of(Options([]), http).Sol);
        Assert.Throws<ArgumentException>(() => PriceFeeds.Of(Options([new("jupiter"), new("jupiter")]), http));
        Assert.Throws<ArgumentException>(() => PriceFeeds.Of(Options([new("birdeye")]), http));
        Assert.Throws<ArgumentException>(() => PriceFeeds.Of(Options([new("hermes", FeedId: "../x")]), http));
    }

    private static ChainOptions Options(IReadOnlyList<PriceFeedAddress> feeds) => new() { Mint = Mint, PriceFeeds = feeds };

    private static string Pair(string mint, string price, string liquidity) => $$$"""
        {"chainId":"solana","dexId":"raydium","pairAddress":"p","baseToken":{"address":"{{{mint}}}","name":"n","symbol":"s"},"quoteToken":{"address":"{{{Mint}}}"},"priceNative":"0.00001","priceUsd":{{{price}}},"txns":{"h24":{"buys":9,"sells":4}},"volume":{"h24":1},"priceChange":{"h24":-5},"liquidity":{{{liquidity}}},"fdv":1,"marketCap":1,"pairCreatedAt":1709567890000}
        """;

    private static string Hermes(string price, int exponent, long time, bool quoted = true) => $$$"""
        {"binary":{"encoding":"hex","data":["00"]},"parsed":[{"id":"{{{FeedId[2..].ToLowerInvariant()}}}","price":{"price":{{{(quoted ? $"\"{price}\"" : price)}}},"conf":"21","expo":{{{exponent}}},"publish_time":{{{time}}}},"ema_price":{},"metadata":{"slot":1,"proof_available_time":2,"prev_publish_time":1}}]}
        """;

    private IPriceFeed Feed(string name, FeedServer server, string? key = null) => Feed(name, server.Address, key);

    private IPriceFeed Feed(string name, Uri address, string? key) =>
        PriceFeeds.Of(Options([new PriceFeedAddress(name, address, key, name == "hermes" ? FeedId : null)]), new FeedHttp(_client, Clock)).Token.Single();
}
