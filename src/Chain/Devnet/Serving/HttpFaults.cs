using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The faults that a server shows on HTTP, whatever it is asked.</summary>
internal sealed class HttpFaults(DevnetFaults faults, string mint, TimeProvider clock)
{
    /// <summary>Another mint, with an address of the same length.</summary>
    private static readonly byte[] OtherMint = Encoding.ASCII.GetBytes("DZAMyJeLG7mvdWT5TM95pgFwLnwyeFBLYE461fRvZNKt");

    private readonly byte[] _mint = Encoding.ASCII.GetBytes(mint);

    /// <summary>Answers in the place of the server when a fault demands it.</summary>
    /// <returns>Whether the answer is given.</returns>
    public async Task<bool> InterruptAsync(HttpContext context, string method)
    {
        if (faults.Strikes(DevnetFault.Slow, method) is { } slow)
        {
            await Task.Delay(slow.Delay, clock, context.RequestAborted);
        }

        if (faults.Strikes(DevnetFault.Down, method) is not null)
        {
            context.Abort();
            return true;
        }

        if (faults.Strikes(DevnetFault.Throttled, method) is { } throttled)
        {
            context.Response.Headers.RetryAfter = throttled.RetryAfter?.ToString(CultureInfo.InvariantCulture);
            return await AnswerAsync(
                context, 429, "application/json", """{"jsonrpc":"2.0","error":{"code":429,"message":"Too many requests for a specific RPC call"},"id":1}""");
        }

        if (faults.Strikes(DevnetFault.Unavailable, method) is not null)
        {
            return await AnswerAsync(context, 503, "text/plain", "upstream connect error");
        }

        if (faults.Strikes(DevnetFault.Html, method) is not null)
        {
            return await AnswerAsync(context, 200, "text/html", "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>");
        }

        return faults.Strikes(DevnetFault.Garbage, method) is not null && await AnswerAsync(context, 200, "application/json", "{\"jsonrpc\":\"2.0\",\"result\":[}{");
    }

    /// <summary>Whether an answer bears the id of another request.</summary>
    public bool ConfusesId(string method) => faults.Strikes(DevnetFault.WrongId, method) is not null;

    /// <summary>An answer as it goes out.</summary>
    public ReadOnlyMemory<byte> Spoilt(string method, ReadOnlyMemory<byte> body)
    {
        if (faults.Strikes(DevnetFault.WrongMint, method) is not null)
        {
            body = OfAnotherMint(body.ToArray());
        }

        return faults.Strikes(DevnetFault.Truncated, method) is null ? body : body[..(body.Length / 2)];
    }

    private byte[] OfAnotherMint(byte[] body)
    {
        for (var rest = body.AsSpan(); rest.IndexOf(_mint) is >= 0 and var at; rest = rest[(at + _mint.Length)..])
        {
            OtherMint.AsSpan(0, _mint.Length).CopyTo(rest[at..]);
        }

        return body;
    }

    private static async Task<bool> AnswerAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body, context.RequestAborted);
        return true;
    }
}
