using WildNOut.Actors.Token;

namespace WildNOut.Web.Realtime;

/// <summary>
/// One a web node: reads the newest lines of the feed once for all clients that follow it here, as soon as the channel <c>token</c> says that there are some, and now and then
/// in case it does not. A client further behind reads by itself, few of them at a time. Nothing is read while nobody follows.
/// </summary>
/// <param name="reader">Reads the lines; null on a node without a database.</param>
/// <param name="mint">The mint; null when no token is followed.</param>
/// <param name="fanout">Says when there is something new.</param>
/// <param name="clock">The node's time.</param>
/// <param name="log">Hears when the lines cannot be read.</param>
public sealed partial class TokenTail(FeedReader? reader, string? mint, ChannelFanout fanout, TimeProvider clock, ILogger<TokenTail> log) : IDisposable
{
    /// <summary>Lines that a client gets at a time.</summary>
    public const int Page = 256;

    /// <summary>Lines further behind than this are not read for all, but by those who want them.</summary>
    public const int FarBehind = 16 * RecentLines.Kept;

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly RecentLines _recent = new();
    private readonly SemaphoreSlim _behind = new(2);
    private int _followers;
    private bool _running;

    /// <summary>Whether a token is followed at all.</summary>
    public bool IsOn => reader is not null && mint is not null;

    /// <summary>Clients that follow here.</summary>
    public int Followers => Volatile.Read(ref _followers);

    /// <summary>The position of the newest line.</summary>
    public Task<long> NewestAsync(CancellationToken cancellation) => reader!.NewestAsync(mint!, cancellation);

    /// <summary>Starts following; dispose the follower at the end.</summary>
    /// <param name="after">The last position the client has.</param>
    /// <param name="wallet">Only movements of this wallet, and finality; null for all.</param>
    public TokenFollower Follow(long after, string? wallet)
    {
        lock (_gate)
        {
            _followers++;
            if (!_running)
            {
                _running = true;
                _ = RunAsync();
            }
        }

        return new TokenFollower(this, after, wallet, clock);
    }

    /// <summary>The lines after a position, and the position up to which they are all; it is the same again when there were none in time.</summary>
    internal async ValueTask<(IReadOnlyList<TokenLine> Lines, long Upto)> AfterAsync(long position, TimeSpan atMost, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var changed = _recent.Changed;
            var found = _recent.After(position, Page) ?? (_recent.Tip is null ? ([], position) : await BehindAsync(position, cancellation));
            var left = atMost - clock.GetElapsedTime(started);
            if (found.Upto > position || left <= TimeSpan.Zero)
            {
                return found;
            }

            try
            {
                await changed.WaitAsync(left, clock, cancellation);
            }
            catch (TimeoutException)
            {
                return found;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _behind.Dispose();

    internal void Leave()
    {
        lock (_gate)
        {
            _followers--;
        }
    }

    private async Task<(IReadOnlyList<TokenLine> Lines, long Upto)> BehindAsync(long position, CancellationToken cancellation)
    {
        await _behind.WaitAsync(cancellation);
        try
        {
            var stretch = await reader!.ReadAsync(mint!, position, Page, cancellation);
            return ([.. stretch.Lines.Select(TokenLine.Of)], stretch.Upto);
        }
        finally
        {
            _behind.Release();
        }
    }

    private async Task RunAsync()
    {
        var news = new FeedNews(fanout, clock);
        while (!Ends())
        {
            news.Listen();
            if (!await AdvanceAsync())
            {
                await news.WaitAsync(_recent.Tip ?? 0);
            }
        }

        await news.StopAsync();
    }

    /// <summary>Reads what is new; true when there is more.</summary>
    private async Task<bool> AdvanceAsync()
    {
        using var limit = new CancellationTokenSource(ReadLimit, clock);
        try
        {
            if (_recent.Tip is not { } tip)
            {
                _recent.Restart(await NewestAsync(limit.Token));
                return false;
            }

            var stretch = await reader!.ReadAsync(mint!, tip, 4 * Page, limit.Token);
            if (stretch.Newest < tip || stretch.Newest - tip > FarBehind)
            {
                // The read model is being rebuilt, or nobody has followed for long.
                _recent.Restart(stretch.Newest);
            }
            else if (stretch.Upto > tip)
            {
                _recent.Add(stretch.Lines.Select(TokenLine.Of), stretch.Upto);
            }

            return stretch.Newest > _recent.Tip;
        }
        catch (Exception fault)
        {
            // Whatever it is, those who follow wait for the next look.
            CannotRead(log, fault);
            return false;
        }
    }

    private bool Ends()
    {
        lock (_gate)
        {
            _running = _followers > 0;
            return !_running;
        }
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning, Message = "The lines of the token's feed cannot be read; those who follow them wait.")]
    private static partial void CannotRead(ILogger log, Exception fault);
}
