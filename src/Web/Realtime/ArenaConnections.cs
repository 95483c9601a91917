using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Realtime;

/// <summary>Gives each connection its <see cref="Outlet"/>, and sends all of them elsewhere when the node leaves.</summary>
public sealed class ArenaConnections(ILogger<DefaultHubLifetimeManager<ArenaHub>> logger, RealtimeMetrics metrics, TimeProvider clock)
    : DefaultHubLifetimeManager<ArenaHub>(logger)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly ILogger _logger = logger;
    private readonly ConcurrentDictionary<string, HubConnectionContext> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _draining;

    /// <summary>Connections at present.</summary>
    public int Count => _connections.Count;

    /// <inheritdoc />
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        new Outlet(connection, metrics, _logger).Attach();
        _connections[connection.ConnectionId] = connection;
        metrics.Connections.Add(1);
        if (_draining)
        {
            RequestClose(connection);
        }

        if (connection.User.Expires() is { } expires)
        {
            connection.Items[typeof(ITimer)] = CloseAt(connection, expires);
        }

        return base.OnConnectedAsync(connection);
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_connections.TryRemove(connection.ConnectionId, out _))
        {
            metrics.Connections.Add(-1);
        }

        if (_draining && _connections.IsEmpty)
        {
            _drained.TrySetResult();
        }

        connection.Items.TryGetValue(typeof(ITimer), out var timer);
        (timer as ITimer)?.Dispose();
        return base.OnDisconnectedAsync(connection);
    }

    /// <summary>
    /// Closes every connection, present and future, with the advice to reconnect, which leads the client to another node. Completes when the present
    /// ones have ended; a client that does not answer keeps it from that.
    /// </summary>
    public Task DrainAsync()
    {
        _draining = true;
        foreach (var connection in _connections.Values)
        {
            RequestClose(connection);
        }

        return _connections.IsEmpty ? Task.CompletedTask : _drained.Task;
    }

    /// <summary>Closes the connections of signed-in people of whom this says so; whoever comes back is asked for a token that holds.</summary>
    public void CloseThose(Func<CallerPrincipal, bool> gone)
    {
        foreach (var (_, connection) in _connections)
        {
            if (connection.User is CallerPrincipal principal && gone(principal))
            {
                RequestClose(connection);
            }
        }
    }

    /// <summary>Counts a connection of a user; false, and not counted, beyond the limit.</summary>
    internal bool TryAdmit(string userId, int limit)
    {
        var count = _users.AddOrUpdate(userId, 1, static (_, count) => count + 1);
        if (count <= limit)
        {
            return true;
        }

        Dismiss(userId);
        return false;
    }

    /// <summary>A counted connection of a user has ended.</summary>
    internal void Dismiss(string userId)
    {
        if (_users.AddOrUpdate(userId, 0, static (_, count) => count - 1) <= 0)
        {
            _users.TryRemove(new KeyValuePair<string, int>(userId, 0));
        }
    }

    /// <summary>A token that no longer holds ends its connection; the client may come back with a new one.</summary>
    private ITimer CloseAt(HubConnectionContext connection, DateTimeOffset expires)
    {
        var left = expires - clock.GetUtcNow();
        var wait = left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestTimer ? left : LongestTimer;
        return clock.CreateTimer(static state => RequestClose((HubConnectionContext)state!), connection, wait, Timeout.InfiniteTimeSpan);
    }

    private static void RequestClose(HubConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionLifetimeNotificationFeature>() is { } lifetime)
        {
            lifetime.RequestClose();
        }
        else
        {
            connection.Abort();
        }
    }
}
