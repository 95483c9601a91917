using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The price feeds, in the shapes of those that they stand in for.</summary>
internal sealed class PriceEndpoints(SimulatedChain chain, SimulatedPrices prices, HttpFaults faults, TimeProvider clock)
{
    private const string CoinGeckoPath = "/onchain/simple/networks/solana/token_price/";
    private const string DexScreenerPath = "/token-pairs/v1/solana/";

    private readonly HermesFeedEndpoint _hermes = new(prices, clock);

    /// <summary>Answers a request when it is for a feed.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> AnswerAsync(HttpContext context, CancellationToken stopping)
    {
        var path = context.Request.Path.Value ?? "";
        if (Feed(path) is not { } feed)
        {
            return false;
        }

        if (await faults.InterruptAsync(context, feed))
        {
            return true;
        }

        if (path.EndsWith("/stream", StringComparison.Ordinal))
        {
            await _hermes.StreamAsync(context, stopping);
            return true;
        }

        var buffer = new ArrayBufferWriter<byte>(1_024);
        await using (var json = new Utf8JsonWriter(buffer))
        {
            context.Response.StatusCode = Write(json, feed, context.Request);
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(faults.Spoilt(feed, buffer.WrittenMemory), context.RequestAborted);
        return true;
    }

    private static string? Feed(string path) =>
        path.EndsWith("/price/v3", StringComparison.Ordinal) ? "jupiter"
        : path.Contains(DexScreenerPath, StringComparison.Ordinal) ? "dexscreener"
        : path.Contains(CoinGeckoPath, StringComparison.Ordinal) ? "coingecko"
        : path is "/v2/updates/price/latest" or "/v2/updates/price/stream" ? "hermes"
        : null;

    private int Write(Utf8JsonWriter json, string feed, HttpRequest request)
    {
        var steering = prices.Steering(feed);
        var asked = request.Path.Value!.Split('/')[^1];
        var time = clock.GetUtcNow() - steering.Age;
        switch (feed)
        {
            case "jupiter":
                WriteJupiter(json, Knows(request.Query["ids"].ToString(), steering), time, steering);
                return StatusCodes.Status200OK;
            case "dexscreener":
                WriteDexScreener(json, Knows(asked, steering), time, steering);
                return StatusCodes.Status200OK;
            case "coingecko":
                WriteCoinGecko(json, Knows(asked, steering), time, steering);
                return StatusCodes.Status200OK;
            default:
                return _hermes.Write(json, request);
        }
    }

    private bool Knows(string asked, FeedSteering steering) => !steering.Absent && asked.Split(',').Contains(chain.Options.Mint);

    private decimal Price(DateTimeOffset time, FeedSteering steering) => Math.Round(prices.At(time) * steering.Factor, 10);

    /// <summary>The price a day ago in comparison, in percent.</summary>
    private double Change(DateTimeOffset time)
    {
        var before = prices.At(time - TimeSpan.FromDays(1));
        return Math.Round((double)((prices.At(time) - before) / before) * 100, 4);
    }

    private void WriteJupiter(Utf8JsonWriter json, bool known, DateTimeOffset time, FeedSteering steering)
    {
        json.WriteStartObject();
        if (known)
        {
            json.WriteStartObject(chain.Options.Mint);
            json.WriteNumber("usdPrice", Price(time, steering));
            json.WriteNumber("blockId", (ulong)((time - chain.Options.Epoch) / chain.Options.SlotTime));
            json.WriteNumber("decimals", chain.Options.Decimals);
            json.WriteNumber("priceChange24h", Change(time));
            if (steering.Liquidity is { } liquidity)
            {
                json.WriteNumber("liquidity", liquidity);
            }

            json.WriteString("createdAt", "2025-01-01T00:00:00Z");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteDexScreener(Utf8JsonWriter json, bool known, DateTimeOffset time, FeedSteering steering)
    {
        json.WriteStartArray();
        for (var i = 0; known && i < chain.Book.Pools.Count; i++)
        {
            // The first pool is the deeper one; the mint stands on the quote side of none.
            WritePair(json, chain.Book.Pools[i], i == 0 ? "raydium" : "orca", time, steering, i == 0 ? 0.75m : 0.25m);
        }

        json.WriteEndArray();
    }

    private void WritePair(Utf8JsonWriter json, PoolKeys pool, string exchange, DateTimeOffset time, FeedSteering steering, decimal share)
    {
        var price = Price(time, steering);
        json.WriteStartObject();
        json.WriteString("chainId", "solana");
        json.WriteString("dexId", exchange);
        json.WriteString("pairAddress", pool.Owner);
        WriteToken(json, "baseToken", chain.Options.Mint, "Wild 'n Out", "WNO");
        WriteToken(json, "quoteToken", Programs.WrappedSol, "Wrapped SOL", "SOL");
        json.WriteString("priceNative", Text(Math.Round(price / prices.SolAt(time), 12)));
        json.WriteString("priceUsd", Text(price));
        json.WriteStartObject("txns");
        json.WriteStartObject("h24");
        json.WriteNumber("buys", 900);
        json.WriteNumber("sells", 700);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteMember(json, "volume", "h24", 120_000m * share);
        WriteMember(json, "priceChange", "h24", (decimal)Change(time));
        if (steering.Liquidity is { } liquidity)
        {
            json.WriteStartObject("liquidity");
            json.WriteNumber("usd", liquidity * share);
            json.WriteNumber("base", Math.Round(liquidity * share / 2 / price, 2));
            json.WriteNumber("quote", Math.Round(liquidity * share / 2 / prices.SolAt(time), 4));
            json.WriteEndObject();
        }

        json.WriteNumber("fdv", Math.Round(price * Tokens(), 2));
        json.WriteNumber("marketCap", Math.Round(price * Tokens(), 2));
        json.WriteNumber("pairCreatedAt", 1_735_689_600_000);
        json.WriteEndObject();
    }

    private void WriteCoinGecko(Utf8JsonWriter json, bool known, DateTimeOffset time, FeedSteering steering)
    {
        var price = Price(time, steering);
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteString("id", "5f1c8a2e-devnet");
        json.WriteString("type", "simple_token_price");
        json.WriteStartObject("attributes");
        WriteByAddress(json, "token_prices", known ? price : null);
        WriteByAddress(json, "market_cap_usd", known ? Math.Round(price * Tokens(), 2) : null);
        WriteByAddress(json, "h24_volume_usd", known ? 120_000m : null);
        WriteByAddress(json, "total_reserve_in_usd", known ? steering.Liquidity : null);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private decimal Tokens() => chain.Options.Supply / (decimal)Math.Pow(10, chain.Options.Decimals);

    private void WriteByAddress(Utf8JsonWriter json, string name, decimal? value)
    {
        json.WriteStartObject(name);
        if (value is { } known)
        {
            json.WriteString(chain.Options.Mint, Text(known));
        }

        json.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter json, string name, string address, string title, string symbol)
    {
        json.WriteStartObject(name);
        json.WriteString("address", address);
        json.WriteString("name", title);
        json.WriteString("symbol", symbol);
        json.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter json, string name, string member, decimal value)
    {
        json.WriteStartObject(name);
        json.WriteNumber(member, value);
        json.WriteEndObject();
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
