using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Web.Realtime;

/// <summary>The feed as server-sent events, at the pace at which the client takes them. The id of an event is its position, so a browser resumes by itself.</summary>
/// <param name="follower">The client's way through the feed; ends with the response.</param>
/// <param name="seat">The client's seat; left when the stream ends.</param>
/// <param name="leaving">Ends the stream when the node leaves; the client comes back to another.</param>
internal sealed class TokenEventStream(TokenFollower follower, IDisposable seat, CancellationToken leaving) : IResult
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/event-stream";

    /// <summary>How long a client waits before it comes back.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, leaving);
        using (seat)
        using (follower)
        {
            var response = httpContext.Response;
            response.ContentType = MediaType;
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            response.BodyWriter.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {Retry.TotalMilliseconds:0}\n")));
            try
            {
                await WriteAsync(response, ends.Token);
            }
            catch (Exception fault) when (ends.IsCancellationRequested || DatabaseFaults.MayPass(fault))
            {
                // The client is gone, or comes back by itself and resumes where it is: nothing is left to tell it.
            }
        }
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken ends)
    {
        while (true)
        {
            foreach (var line in await follower.NextAsync(ends))
            {
                response.BodyWriter.Write(line.Event);
            }

            // Waits for a slow client, and only for it.
            await response.BodyWriter.FlushAsync(ends);
        }
    }
}
