using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Sockets;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Users;

namespace WildNOut.Web.Identity;

/// <summary>What a request must know of its caller beside the token.</summary>
/// <param name="Granted">The role an admin granted; <see cref="Role.User"/> for none.</param>
/// <param name="Deleted">Whether the account was given up.</param>
public readonly record struct Standing(Role Granted, bool Deleted);

/// <summary>
/// Every user with a granted role, and every one who gave the account up, in memory: they are few among all, so that a request of anybody else costs one look into a
/// map and nobody is ever asked. What changes is read from the read model every second.
/// </summary>
public sealed class UserStandings([FromKeyedServices(ReadModelDatabase.OfTheNode)] UserListings users, TimeProvider clock, ILogger<UserStandings> logger)
    : BackgroundService
{
    private const int AtOnce = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Standing> _standings = new(StringComparer.Ordinal);
    private long _seen = -1;
    private volatile bool _loaded;

    /// <summary>Whether all that was known at the start is in memory; before, the node takes no requests.</summary>
    public bool Loaded => _loaded;

    /// <summary>What is to be known of a user; the default for nearly everybody.</summary>
    public Standing Of(string userId) => _standings.GetValueOrDefault(userId);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ReadAsync(stoppingToken) == AtOnce)
                {
                }

                _loaded = true;
            }
            catch (Exception failure) when (failure is DbException or SocketException or TimeoutException)
            {
                // What was read holds on; a database that is away tells of itself elsewhere.
                logger.LogDebug(failure, "What is to be known of users was not read; it is tried again.");
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task<int> ReadAsync(CancellationToken cancellation)
    {
        var rows = await users.StandingsAsync(_seen, AtOnce, cancellation);
        foreach (var row in rows)
        {
            var granted = row.GrantedRole is { } name && WireEnum<Role>.TryParse(name, out var role) ? role : Role.User;
            if (granted == Role.User && !row.Deleted)
            {
                _standings.TryRemove(row.UserId, out _);
            }
            else
            {
                _standings[row.UserId] = new Standing(granted, row.Deleted);
            }

            _seen = row.Number;
        }

        return rows.Count;
    }
}
