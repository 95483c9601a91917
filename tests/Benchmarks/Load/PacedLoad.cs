using System.Diagnostics;
using System.Net.Http.Headers;

namespace WildNOut.Benchmarks.Load;

/// <summary>A request and what its answer must contain to be right; with a body a POST.</summary>
internal sealed record PacedRequest(string Path, string? Token, string Expected, string? Body = null);

/// <summary>
/// Requests at an even pace, whatever the server does: a late answer holds no later request back, and each latency counts from the instant at which its request was due.
/// </summary>
internal sealed class PacedLoad(Uri server, int perSecond) : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseCookies = false, UseProxy = false })
    {
        BaseAddress = server,
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly Lock _gate = new();

    /// <summary>Runs until the window is over and all answers are in.</summary>
    public async Task<LoadResult> RunAsync(TimeSpan warmUp, TimeSpan window, CpuMeter meter, Func<int, PacedRequest> next)
    {
        await SendAllAsync(new LoadResult(), warmUp, next, 0);
        var result = new LoadResult { Window = window };
        var before = meter.Read();
        await SendAllAsync(result, window, next, (int)(warmUp.TotalSeconds * perSecond));
        result.Cpu = meter.Since(before);
        return result;
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async Task SendAllAsync(LoadResult result, TimeSpan window, Func<int, PacedRequest> next, int first)
    {
        var start = Stopwatch.GetTimestamp();
        var count = (int)(window.TotalSeconds * perSecond);
        var answers = new List<Task>(count);
        using var turns = new PeriodicTimer(Turn);
        while (answers.Count < count)
        {
            await turns.WaitForNextTickAsync();
            while (answers.Count < count && Due(start, answers.Count) is var due && due <= Stopwatch.GetTimestamp())
            {
                answers.Add(SendAsync(result, next(first + answers.Count), due));
            }
        }

        await Task.WhenAll(answers);
    }

    private long Due(long start, int number) => start + (long)number * Stopwatch.Frequency / perSecond;

    private async Task SendAsync(LoadResult result, PacedRequest wanted, long due)
    {
        using var request = new HttpRequestMessage(wanted.Body is null ? HttpMethod.Get : HttpMethod.Post, wanted.Path);
        request.Content = wanted.Body is null ? null : new StringContent(wanted.Body, MediaTypeHeaderValue.Parse("application/json"));
        if (wanted.Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", wanted.Token);
        }

        try
        {
            using var answer = await _client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(due);
            lock (_gate)
            {
                if (answer.IsSuccessStatusCode && body.Contains(wanted.Expected, StringComparison.Ordinal))
                {
                    result.Right++;
                    result.RightInAll++;
                    result.Latency.RecordValue(Math.Max(1, (long)took.TotalMicroseconds));
                }
                else
                {
                    result.CountWrong((int)answer.StatusCode, System.Text.Encoding.UTF8.GetBytes($"{wanted.Path}: {body}"));
                }
            }
        }
        catch (Exception none) when (none is HttpRequestException or TaskCanceledException)
        {
            lock (_gate)
            {
                result.CountWrong(0, "no answer"u8);
            }
        }
    }
}
