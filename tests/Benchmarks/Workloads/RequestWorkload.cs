using System.Text;
using WildNOut.Benchmarks.Load;

namespace WildNOut.Benchmarks.Workloads;

/// <summary>A request and what its answer must contain to be right; with a body a POST.</summary>
internal sealed record WantedRequest(string Path, string? Token, string Expected, string? Body = null);

/// <summary>Requests of any kind, numbered from 0 in the order in which they are due. Right is a 2xx whose body holds the expected text.</summary>
internal sealed class RequestWorkload(Func<int, WantedRequest> request, int connections) : Workload
{
    private readonly WantedRequest?[] _asked = new WantedRequest?[connections];
    private int _next;

    /// <inheritdoc />
    public override int RequestCapacity => 4_096;

    /// <inheritdoc />
    public override int ReplyCapacity => 128 * 1024;

    /// <inheritdoc />
    public override int Next(int connection, Span<byte> buffer)
    {
        var wanted = request(_next++);
        _asked[connection] = wanted;
        var text = new StringBuilder(wanted.Body is null ? "GET " : "POST ").Append(wanted.Path).Append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        if (wanted.Token is not null)
        {
            text.Append("Authorization: Bearer ").Append(wanted.Token).Append("\r\n");
        }

        if (wanted.Body is not null)
        {
            text.Append("Content-Type: application/json\r\nContent-Length: ").Append(Encoding.UTF8.GetByteCount(wanted.Body)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(wanted.Body).ToString(), buffer);
    }

    /// <inheritdoc />
    public override bool IsRight(int connection, int status, ReadOnlySpan<byte> body) =>
        status is >= 200 and < 300 && body.IndexOf(Encoding.UTF8.GetBytes(_asked[connection]!.Expected)) >= 0;

    /// <inheritdoc />
    public override string Asked(int connection) => _asked[connection]?.Path ?? "";
}
