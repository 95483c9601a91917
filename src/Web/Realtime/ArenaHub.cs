using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Notifications;
using WildNOut.Web.Endpoints;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Realtime;

/// <summary>The live side of the platform at <c>/hubs/arena</c>. Messages come to the client method <c>Event</c>.</summary>
public sealed class ArenaHub(ChannelFanout fanout, ArenaConnections connections, TokenTail tail, EntityGateway gateway) : Hub
{
    /// <summary>Subscriptions and streams a connection.</summary>
    public const int MaxSubscriptions = 50;

    /// <summary>Connections a signed-in user may have to this node.</summary>
    public const int MaxConnectionsAUser = 10;

    /// <summary>Refuses a signed-in user's connections beyond the limit.</summary>
    public override Task OnConnectedAsync()
    {
        if (Caller is { UserId: var userId })
        {
            if (!connections.TryAdmit(userId, MaxConnectionsAUser))
            {
                throw HubErrors.Of(HubErrors.LimitExceeded($"A user may have {MaxConnectionsAUser} connections."));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends the connection's subscriptions.</summary>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Outlet.Of(Context).Close();
        if (Caller is { UserId: var userId })
        {
            connections.Dismiss(userId);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Sends the channel's messages from now on; with <paramref name="afterSequence"/>, first those after it that are still kept, or a
    /// <c>reload</c> when some are not. Subscribing again starts again.
    /// </summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="afterSequence">The last number seen; may be left out.</param>
    public async Task<Subscribed> Subscribe(string channel, long? afterSequence)
    {
        var outlet = Outlet.Of(Context);
        Admit(outlet, channel, outlet.Reads(channel ?? ""));
        outlet.Remove(channel!);
        var (reader, latest) = await fanout.ReadAsync(channel!, afterSequence, outlet.Wake, Context.ConnectionAborted)
            ?? throw HubErrors.Of(HubErrors.Unavailable);
        outlet.Add(reader);
        return new Subscribed(channel!, latest, null);
    }

    /// <summary>Ends the subscription, if there is one.</summary>
    public void Unsubscribe(string channel) => Outlet.Of(Context).Remove(channel ?? "");

    /// <summary>
    /// The same messages as a stream that goes only as fast as the client takes it. What piles up meanwhile folds, and a client that falls too far behind gets a <c>reload</c>.
    /// </summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="afterSequence">The last number seen; may be left out.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public async IAsyncEnumerable<ArenaMessage> Feed(
        string channel, long? afterSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var outlet = Outlet.Of(Context);
        Admit(outlet, channel, again: false);
        outlet.StreamOpened();
        try
        {
            var signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
            var (reader, _) = await fanout.ReadAsync(channel, afterSequence, _ => signal.Writer.TryWrite(true), cancellation)
                ?? throw HubErrors.Of(HubErrors.Unavailable);
            try
            {
                while (!cancellation.IsCancellationRequested)
                {
                    while (reader.Take() is { } item)
                    {
                        yield return item.Message;
                    }

                    await signal.Reader.ReadAsync(cancellation);
                }
            }
            finally
            {
                ChannelFanout.Leave(reader);
            }
        }
        finally
        {
            outlet.StreamClosed();
        }
    }

    /// <summary>
    /// The lines of the token's feed as a stream that goes only as fast as the client takes it: each transaction once and in order, and later that it is withdrawn, or what is
    /// finalized. The first item, and one now and then while little happens, only says how far the stream is.
    /// </summary>
    /// <param name="wallet">Only what this wallet gave or received, and finality; null for all; may be left out.</param>
    /// <param name="afterPosition">The last position seen; null to begin now; may be left out.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public async IAsyncEnumerable<TokenLine> TokenTransactions(
        string? wallet, long? afterPosition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var outlet = Outlet.Of(Context);
        if (TokenRequests.Judge(tail, wallet, afterPosition) is { } rejection)
        {
            throw HubErrors.Of(rejection);
        }

        AdmitOneMore(outlet);
        outlet.StreamOpened();
        try
        {
            using var follower = tail.Follow(afterPosition ?? await ReadAsync(tail.NewestAsync(cancellation)), wallet);
            while (true)
            {
                foreach (var line in await ReadAsync(follower.NextAsync(cancellation).AsTask()))
                {
                    yield return line;
                }
            }
        }
        finally
        {
            outlet.StreamClosed();
        }
    }

    /// <summary>Marks some of one's own notifications as read and says how many are unread after it. The user's other clients hear of it too.</summary>
    /// <param name="ids">1 to 100 of them; those that are read already or gone do no harm.</param>
    public async Task<int> MarkRead(string[] ids)
    {
        if (Caller is not { UserId: var userId })
        {
            throw HubErrors.Of(HubErrors.NotSignedIn);
        }

        var known = (ids ?? []).Select(id => (IsId: Guid.TryParseExact(id, "D", out var parsed), Id: parsed)).ToList();
        var (command, fault) = NotificationEndpoints.Mark([.. known.Select(id => id.Id)]);
        if (command is null || known.Exists(id => !id.IsId))
        {
            throw HubErrors.Of(Rejection.Invalid("ids", fault ?? "must be UUIDs"));
        }

        return await gateway.AskAsync(Inboxes.Of(userId), command) switch
        {
            Done { Reply: UnreadCount count } => count.Unread,
            Rejection no => throw HubErrors.Of(no),
            _ => throw HubErrors.Of(HubErrors.Unavailable),
        };
    }

    private Caller? Caller => Context.User.ToCaller();

    private void Admit(Outlet outlet, string? channel, bool again)
    {
        if (ChannelKinds.Judge(channel, Caller) is { } rejection)
        {
            throw HubErrors.Of(rejection);
        }

        if (!again)
        {
            AdmitOneMore(outlet);
        }
    }

    private static async Task<T> ReadAsync<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && DatabaseFaults.MayPass(fault))
        {
            throw HubErrors.Of(HubErrors.Unavailable);
        }
    }

    private static void AdmitOneMore(Outlet outlet)
    {
        if (outlet.Count >= MaxSubscriptions)
        {
            throw HubErrors.Of(HubErrors.LimitExceeded($"A connection may have {MaxSubscriptions} subscriptions."));
        }
    }
}
