using HdrHistogram;

namespace WildNOut.Benchmarks.Load;

/// <summary>What one run of the load loop saw.</summary>
internal sealed class LoadResult
{
    /// <summary>Right answers from the first request to the last, also outside the measured window.</summary>
    public long RightInAll { get; set; }

    /// <summary>Right answers within the measured window.</summary>
    public long Right { get; set; }

    /// <summary>Answers that were not right, by status; 0 stands for a lost connection or an answer that never came.</summary>
    public SortedDictionary<int, long> Wrong { get; } = [];

    /// <summary>The first answer that was not right.</summary>
    public string? FirstWrong { get; set; }

    /// <summary>Latencies of right answers within the window, in microseconds.</summary>
    public LongHistogram Latency { get; } = new(60_000_000, 3);

    /// <summary>How long the window was.</summary>
    public TimeSpan Window { get; set; }

    /// <summary>The processor time of each party within the window, in cores.</summary>
    public CpuShares Cpu { get; set; }

    /// <summary>Whether the requests ran out before the window ended.</summary>
    public bool RanOut { get; set; }

    /// <summary>Right answers a second.</summary>
    public double Rate => Right / Window.TotalSeconds;

    /// <summary>All answers that were not right.</summary>
    public long WrongInAll => Wrong.Values.Sum();

    /// <summary>A percentile of the latency in milliseconds.</summary>
    public double Milliseconds(double percentile) => Latency.TotalCount == 0 ? 0 : Latency.GetValueAtPercentile(percentile) / 1_000.0;

    /// <summary>Counts an answer that was not right.</summary>
    public void CountWrong(int status, ReadOnlySpan<byte> reply)
    {
        Wrong[status] = Wrong.GetValueOrDefault(status) + 1;
        FirstWrong ??= System.Text.Encoding.UTF8.GetString(reply[..Math.Min(reply.Length, 1_000)]);
    }
}
