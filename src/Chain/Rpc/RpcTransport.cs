using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace WildNOut.Chain.Rpc;

/// <summary>Sends one call to one address once, and says what came of it.</summary>
internal sealed class RpcTransport(HttpClient http, RpcPoolOptions options, TimeProvider clock)
{
    private long _id;

    /// <summary>A client for many calls to few addresses. It follows no redirection, and sets no limit of its own.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks; throws only when <paramref name="cancellation"/> ends the wait.</summary>
    public async Task<Attempt<T>> AskAsync<T>(Uri address, RpcCall<T> call, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.CallTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await SendAsync(address, call, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed<T>($"It gave no answer in {options.CallTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
        }
        catch (HttpRequestException failure)
        {
            return Failed<T>($"The connection failed ({failure.HttpRequestError}).");
        }
        catch (JsonException)
        {
            return Failed<T>("Its answer is not what JSON-RPC knows.");
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            return Failed<T>("Its answer is cut off, too long or badly compressed.");
        }
    }

    private static Attempt<T> Failed<T>(string why) => new(Verdict.Failed, Why: why);

    private static HttpRequestMessage Request(Uri address, ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (address.UserInfo.Length > 0)
        {
            request.Headers.Authorization = BasicAuthorization.Of(address);
        }

        return request;
    }

    private async Task<Attempt<T>> SendAsync<T>(Uri address, RpcCall<T> call, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _id);
        using var request = Request(address, RpcRequest.Write(id, call.Method, call.WriteParameters));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var why = $"It answered with the status {(int)response.StatusCode}.";
        var retryAfter = RetryAfter(response.Headers);
        switch (response.StatusCode)
        {
            case HttpStatusCode.TooManyRequests:
                return new Attempt<T>(Verdict.Throttled, Why: why, RetryAfter: retryAfter);
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return new Attempt<T>(Verdict.Blocked, Why: why);
            case >= HttpStatusCode.InternalServerError or (>= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest):
                return new Attempt<T>(Verdict.Failed, Why: why, RetryAfter: retryAfter);
        }

        using var answer = await AnswerBuffer.ReadAsync(response.Content, options.MaxAnswerBytes, cancellation);
        return RpcAnswer.Read(call.KeepsAnswer ? answer.Bytes.ToArray() : answer.Bytes, id, call) with { RetryAfter = retryAfter };
    }

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var wait = headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - clock.GetUtcNow() : null;
        return wait is not { } told ? null : told < TimeSpan.Zero ? TimeSpan.Zero : told < options.MaxRetryAfter ? told : options.MaxRetryAfter;
    }
}
