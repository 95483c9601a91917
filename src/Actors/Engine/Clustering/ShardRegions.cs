using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace WildNOut.Actors.Engine.Clustering;

/// <summary>The node's doors to all shard regions: the regions it hosts and the proxies of those it does not.</summary>
public sealed class ShardRegions
{
    /// <summary>How long a message waits that came back undelivered, before it is sent again for the first time.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, IActorRef> _regions = new(StringComparer.Ordinal);

    /// <summary>The region of this name.</summary>
    /// <exception cref="InvalidOperationException">The node has no such region.</exception>
    public IActorRef this[string region] => _regions.TryGetValue(region, out var found)
        ? found
        : throw new InvalidOperationException($"This node knows no shard region '{region}'.");

    /// <summary>Finds a region that has started.</summary>
    public bool TryGet(string region, [NotNullWhen(true)] out IActorRef? door) => _regions.TryGetValue(region, out door);

    /// <summary>Adds a region or a proxy when it has started.</summary>
    public void Add(string region, IActorRef door) => _regions[region] = door;

    /// <summary>Sends one message to an entity, without waiting for anything.</summary>
    public void Tell(EntityAddress to, IMessage message) => this[to.Region].Tell(new Envelope(to.EntityId, message), ActorRefs.NoSender);

    /// <summary>Asks one entity; a message that came back undelivered is sent again while there is time.</summary>
    /// <exception cref="AskTimeoutException">There was no answer within <paramref name="patience"/>.</exception>
    public async Task<IReply> AskAsync(EntityAddress to, Envelope envelope, TimeSpan patience, CancellationToken cancellation = default)
    {
        var region = this[to.Region];
        var began = Stopwatch.GetTimestamp();
        var left = patience;
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            var reply = await region.Ask<IReply>(envelope, left, cancellation);
            left = patience - Stopwatch.GetElapsedTime(began) - pause;
            if (reply is not Unavailable { NothingDone: true } || left < Least)
            {
                return reply;
            }

            await Task.Delay(pause, cancellation);
        }
    }

    /// <summary>The pause after another, should the message come back again: twice as long, since an entity that cannot recover would have to try for every message.</summary>
    public static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    /// <summary>Asks one entity; an answer comes back from <see cref="AskAsync(EntityAddress, Envelope, TimeSpan, CancellationToken)"/>.</summary>
    public Task<IReply> AskAsync(EntityAddress to, IMessage message, TimeSpan patience, CancellationToken cancellation = default) =>
        AskAsync(to, new Envelope(to.EntityId, message), patience, cancellation);
}
