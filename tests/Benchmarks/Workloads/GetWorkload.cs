using System.Text;
using WildNOut.Benchmarks.Load;

namespace WildNOut.Benchmarks.Workloads;

/// <summary>Reads: the given paths in turn. Right is a 200 whose body holds the text expected of that path.</summary>
internal sealed class GetWorkload : Workload
{
    private readonly (byte[] Request, byte[] Expected)[] _reads;
    private readonly int[] _asked;
    private int _next;

    /// <summary>Builds the requests.</summary>
    public GetWorkload(IReadOnlyList<(string Path, string Expected)> reads, int connections)
    {
        _reads = [.. reads.Select(read => (Encoding.ASCII.GetBytes($"GET {read.Path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), Encoding.UTF8.GetBytes(read.Expected)))];
        _asked = new int[connections];
        RequestCapacity = _reads.Max(read => read.Request.Length);
    }

    /// <inheritdoc />
    public override int RequestCapacity { get; }

    /// <inheritdoc />
    public override int ReplyCapacity => 128 * 1024;

    /// <inheritdoc />
    public override int Next(int connection, Span<byte> buffer)
    {
        var read = _next++ % _reads.Length;
        _next %= _reads.Length;
        _asked[connection] = read;
        _reads[read].Request.CopyTo(buffer);
        return _reads[read].Request.Length;
    }

    /// <inheritdoc />
    public override bool IsRight(int connection, int status, ReadOnlySpan<byte> body) =>
        status == 200 && body.IndexOf(_reads[_asked[connection]].Expected) >= 0;
}
