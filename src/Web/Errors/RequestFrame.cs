using System.Collections.Frozen;
using System.Data.Common;
using System.Diagnostics;
using WildNOut.Web.Http;
using WildNOut.Web.Limits;

namespace WildNOut.Web.Errors;

/// <summary>
/// The outermost frame of every request: request id, security headers, the one error body for whatever fails inside, and a warning for slow ones.
/// </summary>
/// <param name="next">What the frame surrounds.</param>
/// <param name="headers">The security headers.</param>
/// <param name="logger">Where failures and slow requests are noted.</param>
public sealed class RequestFrame(RequestDelegate next, SecurityHeaders headers, ILogger<RequestFrame> logger)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>What is true of a failure as well.</summary>
    private static readonly FrozenSet<string> Kept =
        new[] { "Allow", LimitMiddleware.PolicyHeader, LimitMiddleware.Header }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs the request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        http.TraceIdentifier = RequestId.Of(http.Request);
        Dress(http);
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null } bare && bare.ContentLength is null or 0)
            {
                await Problem.OfStatus(bare.StatusCode).ExecuteAsync(http);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is left to answer.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            await FailAsync(http, failure);
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        if (elapsed > Slow && !http.WebSockets.IsWebSocketRequest && http.Response.ContentType != "text/event-stream")
        {
            logger.LogWarning(
                "Slow request: {Method} {Path} took {Elapsed:0} ms and ended with {Status}",
                http.Request.Method,
                http.Request.Path.Value,
                elapsed.TotalMilliseconds,
                http.Response.StatusCode);
        }
    }

    private void Dress(HttpContext http)
    {
        http.Response.Headers["X-Request-ID"] = http.TraceIdentifier;
        headers.AddTo(http);
    }

    private Task FailAsync(HttpContext http, Exception failure)
    {
        var (headers, had) = (http.Response.Headers, http.Response.Headers.Where(header => Kept.Contains(header.Key)).ToList());
        http.Response.Clear();
        foreach (var (name, value) in had)
        {
            headers[name] = value;
        }

        Dress(http);
        return ProblemOf(http, failure).ExecuteAsync(http);
    }

    private Problem ProblemOf(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case BadHttpRequestException bad:
                return Problem.OfStatus(bad.StatusCode);
            case DbException or TimeoutException:
                logger.LogWarning(failure, "{Method} {Path}: the database or an entity gave no answer", http.Request.Method, http.Request.Path.Value);
                return Problem.Unavailable;
            default:
                logger.LogError(failure, "{Method} {Path} failed", http.Request.Method, http.Request.Path.Value);
                return Problem.OfStatus(StatusCodes.Status500InternalServerError);
        }
    }
}
