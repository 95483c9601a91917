using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WildNOut.Chain.Prices;

/// <summary>Asks feeds over HTTP. Whatever goes wrong becomes a <see cref="FeedException"/> that names no address and no key.</summary>
/// <param name="client">From <see cref="NewClient"/>.</param>
/// <param name="clock">Dates the answers.</param>
public sealed class FeedHttp(HttpClient client, TimeProvider clock)
{
    /// <summary>No answer is longer.</summary>
    public const int MostBytes = 2_000_000;

    /// <summary>A client for all feeds of a node: bounded answers, no redirects. Whoever asks sets the time limit.</summary>
    public static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    })
    {
        MaxResponseContentBufferSize = MostBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The whole answer, and from when it is.</summary>
    internal async Task<(T Body, DateTimeOffset At)> GetAsync<T>(Uri address, FeedKey key, JsonTypeInfo<T> json, CancellationToken cancellation)
    {
        using var response = await SendAsync(address, key, HttpCompletionOption.ResponseContentRead, cancellation);
        var at = clock.GetUtcNow() - (response.Headers.Age ?? TimeSpan.Zero);
        try
        {
            return (JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellation), json) ?? throw new JsonException("null"), at);
        }
        catch (JsonException fault)
        {
            throw new FeedException("The answer is not the feed's JSON.", cause: fault);
        }
    }

    /// <summary>An answer that has begun and goes on; dispose it.</summary>
    internal Task<HttpResponseMessage> OpenAsync(Uri address, FeedKey key, CancellationToken cancellation) =>
        SendAsync(address, key, HttpCompletionOption.ResponseHeadersRead, cancellation);

    private async Task<HttpResponseMessage> SendAsync(Uri address, FeedKey key, HttpCompletionOption completion, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (key.Value is not null)
        {
            request.Headers.TryAddWithoutValidation(key.Header, key.Value);
        }

        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, completion, cancellation);
        }
        catch (HttpRequestException fault)
        {
            throw new FeedException("The feed cannot be reached.", cause: fault);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new FeedException($"The feed answered {(int)response.StatusCode}.", RetryAfter(response));
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}

/// <summary>A key and the header it travels in.</summary>
internal readonly record struct FeedKey(string Header, string? Value);
