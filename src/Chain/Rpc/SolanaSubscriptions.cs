using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace WildNOut.Chain.Rpc;

/// <summary>Subscriptions that share one WebSocket, which is made when the first needs it and made anew, with backoff, after it dropped.</summary>
/// <param name="address">The address.</param>
/// <param name="options">How it is kept.</param>
/// <param name="metrics">Told of drops.</param>
/// <param name="clock">The clock of all time-outs but the pings'.</param>
public sealed class SolanaSubscriptions(Uri address, SubscriptionOptions options, RpcMetrics metrics, TimeProvider clock) : ISolanaSubscriptions, IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private SubscriptionConnection? _connection;
    private int _futile;

    /// <inheritdoc />
    public IAsyncEnumerable<SlotNotice> SlotsAsync(CancellationToken cancellation) => ListenAsync<SlotNotice>(
        BoundedChannelFullMode.DropOldest,
        queue => [new Subscription<SlotNotice>("slotSubscribe", static _ => { }, Notices.Slot, queue)],
        cancellation);

    /// <inheritdoc />
    public IAsyncEnumerable<SignatureInfo> MentionsAsync(string address, Commitment commitment, CancellationToken cancellation) => ListenAsync<SignatureInfo>(
        BoundedChannelFullMode.Wait,
        queue => [new Subscription<SignatureInfo>("logsSubscribe", json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("mentions");
            json.WriteStringValue(address);
            json.WriteEndArray();
            json.WriteEndObject();
            json.Configuration(commitment);
        }, Notices.Mention, queue)],
        cancellation);

    /// <inheritdoc />
    public IAsyncEnumerable<InContext<TokenAccount>> TokenAccountsAsync(string mint, Commitment commitment, CancellationToken cancellation) =>
        ListenAsync<InContext<TokenAccount>>(
            BoundedChannelFullMode.Wait,
            queue => [.. TokenPrograms.All.Select(program => new Subscription<InContext<TokenAccount>>(
                "programSubscribe", json => json.TokenAccountsOf(program, mint, commitment), result => Notices.TokenAccount(result, mint), queue))],
            cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }

        _gate.Dispose();
    }

    private async IAsyncEnumerable<T> ListenAsync<T>(
        BoundedChannelFullMode whenFull, Func<ChannelWriter<T>, Subscription[]> subscribe, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var queue = Channel.CreateBounded<T>(new BoundedChannelOptions(options.MaxWaiting) { FullMode = whenFull, SingleReader = true });
        var subscriptions = subscribe(queue.Writer);
        var connection = await ConnectAsync(cancellation);
        try
        {
            await Task.WhenAll(subscriptions.Select(subscription => connection.SubscribeAsync(subscription, cancellation)));
            await foreach (var notice in queue.Reader.ReadAllAsync(cancellation))
            {
                yield return notice;
            }
        }
        finally
        {
            Array.ForEach(subscriptions, connection.Unsubscribe);
        }
    }

    /// <summary>The connection that lives, or a new one.</summary>
    private async Task<SubscriptionConnection> ConnectAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_connection is { Ended.IsCompleted: false } living)
            {
                return living;
            }

            if (_connection is { } ended)
            {
                metrics.Dropped();
                _futile = ended.HasTold ? 0 : _futile;
                _connection = null;
                await ended.DisposeAsync();
            }

            return _connection = await OpenAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<SubscriptionConnection> OpenAsync(CancellationToken cancellation)
    {
        await Task.Delay(Backoff.After(_futile, options.LeastBackoff, options.MostBackoff, Random.Shared.NextDouble()), clock, cancellation);

        // Counts as futile until it has told something.
        _futile++;
        try
        {
            return await SubscriptionConnection.OpenAsync(address, options, clock, cancellation);
        }
        catch (Exception failure) when (failure is WebSocketException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new SubscriptionEndedException($"No connection to {address.Host}.", failure);
        }
    }
}
