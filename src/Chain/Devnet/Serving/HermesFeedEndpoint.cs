using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The feed of Hermes: SOL in US dollars, asked for or as server-sent events.</summary>
internal sealed class HermesFeedEndpoint(SimulatedPrices prices, TimeProvider clock)
{
    /// <summary>The id of SOL/USD.</summary>
    public const string SolUsd = "ef0d8b6fda2ceba41da15d4095d1da392a0d2f8ed0c6c7bc0f4cfac8c280b56d";

    private const int Exponent = -8;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(400);

    /// <summary>Writes the newest price.</summary>
    /// <returns>The status: 404 when another price is asked for.</returns>
    public int Write(Utf8JsonWriter json, HttpRequest request)
    {
        var known = Knows(request);
        if (known)
        {
            WriteUpdate(json);
        }
        else
        {
            json.WriteStringValue("Price ids not found");
        }

        return known ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
    }

    /// <summary>Sends prices until the other side goes away or the server stops.</summary>
    public async Task StreamAsync(HttpContext context, CancellationToken stopping)
    {
        if (!Knows(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var pace = new PeriodicTimer(Pace, clock);
        try
        {
            do
            {
                await context.Response.Body.WriteAsync(Event(), ended.Token);
                await context.Response.Body.FlushAsync(ended.Token);
            }
            while (await pace.WaitForNextTickAsync(ended.Token));
        }
        catch (OperationCanceledException)
        {
            // The stream has no other end.
        }
    }

    private bool Knows(HttpRequest request) =>
        !prices.Steering("hermes").Absent && request.Query["ids[]"].Any(id => id?.Replace("0x", "", StringComparison.Ordinal) == SolUsd);

    private byte[] Event()
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteUpdate(json);
        }

        return [.. "data:"u8, .. buffer.WrittenSpan, .. "\n\n"u8];
    }

    private void WriteUpdate(Utf8JsonWriter json)
    {
        var steering = prices.Steering("hermes");
        var time = clock.GetUtcNow() - steering.Age;
        var price = (long)(prices.SolAt(time) * steering.Factor * 100_000_000m);
        json.WriteStartObject();
        json.WriteStartObject("binary");
        json.WriteString("encoding", "hex");
        json.WriteStartArray("data");
        json.WriteStringValue(Convert.ToHexStringLower(Encoding.ASCII.GetBytes("devnet")));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("parsed");
        json.WriteStartObject();
        json.WriteString("id", SolUsd);
        WritePrice(json, "price", price, time);
        WritePrice(json, "ema_price", price, time);
        json.WriteStartObject("metadata");
        json.WriteNumber("slot", time.ToUnixTimeMilliseconds() / 400);
        json.WriteNumber("proof_available_time", time.ToUnixTimeSeconds() + 1);
        json.WriteNumber("prev_publish_time", time.ToUnixTimeSeconds() - 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePrice(Utf8JsonWriter json, string name, long price, DateTimeOffset time)
    {
        json.WriteStartObject(name);
        json.WriteString("price", price.ToString(CultureInfo.InvariantCulture));
        json.WriteString("conf", (price / 2_000).ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("expo", Exponent);
        json.WriteNumber("publish_time", time.ToUnixTimeSeconds());
        json.WriteEndObject();
    }
}
