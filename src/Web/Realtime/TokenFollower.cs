namespace WildNOut.Web.Realtime;

/// <summary>One client's way through the feed. It only holds a position: a client that does not take lines costs nothing but its own delay.</summary>
public sealed class TokenFollower : IDisposable
{
    /// <summary>After so long without a line the client is told how far it is.</summary>
    public static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(15);

    private readonly TokenTail _tail;
    private readonly string? _wallet;
    private readonly TimeProvider _clock;
    private long? _told;
    private long _position;

    internal TokenFollower(TokenTail tail, long after, string? wallet, TimeProvider clock)
    {
        _tail = tail;
        _position = after;
        _wallet = wallet;
        _clock = clock;
    }

    /// <summary>
    /// The next lines, at least one. The first call, and one after <see cref="QuietFor"/> without a line, gives the position alone, so that a client knows where to resume.
    /// </summary>
    public async ValueTask<IReadOnlyList<TokenLine>> NextAsync(CancellationToken cancellation)
    {
        while (_told is { } told && QuietFor - _clock.GetElapsedTime(told) is var left && left > TimeSpan.Zero)
        {
            var (lines, upto) = await _tail.AfterAsync(_position, left, cancellation);
            _position = upto;
            IReadOnlyList<TokenLine> wanted = _wallet is null ? lines : [.. lines.Where(line => line.Concerns(_wallet))];
            if (wanted.Count > 0)
            {
                return Told(wanted);
            }
        }

        return Told([TokenLine.At(_position)]);
    }

    /// <inheritdoc />
    public void Dispose() => _tail.Leave();

    private IReadOnlyList<TokenLine> Told(IReadOnlyList<TokenLine> lines)
    {
        _told = _clock.GetTimestamp();
        return lines;
    }
}
