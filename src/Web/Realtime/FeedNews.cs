using System.Text.Json;
using System.Threading.Channels;

namespace WildNOut.Web.Realtime;

/// <summary>Hears in the channel <c>token</c> how far the feed is, so that its lines are looked for when there are some.</summary>
internal sealed class FeedNews(ChannelFanout fanout, TimeProvider clock)
{
    /// <summary>How long until the next look when nothing is announced, for what is lost or not announced.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>How long when something is announced that has not reached the read model yet.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(40);

    /// <summary>How long an announcement makes for haste; the read model follows within a second.</summary>
    public static readonly TimeSpan Haste = TimeSpan.FromSeconds(3);

    private const string ChannelName = "token";

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task<bool>? _next;
    private Task _joining = Task.CompletedTask;
    private volatile ChannelReader? _reader;
    private long _announced;
    private long _at;

    /// <summary>Follows the channel, unless that is so or under way.</summary>
    public void Listen()
    {
        if (_reader is null && _joining.IsCompleted)
        {
            _joining = JoinAsync();
        }
    }

    /// <summary>Waits until it is worth looking for lines after a position.</summary>
    public async Task WaitAsync(long tip)
    {
        if (Volatile.Read(ref _announced) > tip && clock.GetElapsedTime(Volatile.Read(ref _at)) < Haste)
        {
            await Task.Delay(Soon, clock);
            return;
        }

        _next ??= _signal.Reader.ReadAsync().AsTask();
        try
        {
            await _next.WaitAsync(Poll, clock);
            _next = null;
        }
        catch (TimeoutException)
        {
            // Time to look in any case.
        }
    }

    /// <summary>Follows the channel no longer.</summary>
    public async Task StopAsync()
    {
        // Whether joining succeeded is of no interest any more.
        await Task.WhenAny(_joining);
        if (_reader is not null)
        {
            ChannelFanout.Leave(_reader);
        }
    }

    /// <summary>One that fails, because the channel does not answer, is tried again at the next look.</summary>
    private async Task JoinAsync() => _reader = (await fanout.ReadAsync(ChannelName, null, Hear, CancellationToken.None))?.Reader;

    private void Hear(ChannelReader reader)
    {
        while (reader.Take() is { } item)
        {
            if (PositionIn(item.Message) is { } position && position > Volatile.Read(ref _announced))
            {
                Volatile.Write(ref _at, clock.GetTimestamp());
                Volatile.Write(ref _announced, position);
            }
        }

        _signal.Writer.TryWrite(true);
    }

    private static long? PositionIn(ArenaMessage message)
    {
        if (message.Type is not ("token.transaction" or "token.withdrawn" or "token.finalized" or "token.advanced"))
        {
            return null;
        }

        using var data = JsonDocument.Parse(message.Data);
        return data.RootElement.TryGetProperty("position", out var position) && position.TryGetInt64(out var number) ? number : null;
    }
}
