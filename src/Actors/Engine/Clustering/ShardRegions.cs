using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace WildNOut.Actors.Engine.Clustering;

/// <summary>The node's doors to all shard regions: the regions it hosts and the proxies of those it does not.</summary>
public sealed class ShardRegions
{
    /// <summary>How long a message that came back undelivered waits before it is sent again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

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
        for (var left = patience; ; left = patience - Stopwatch.GetElapsedTime(began))
        {
            var reply = await region.Ask<IReply>(envelope, left, cancellation);
            if (reply is not Unavailable { NothingDone: true } || Stopwatch.GetElapsedTime(began) + Pause >= patience)
            {
                return reply;
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Asks one entity; an answer comes back from <see cref="AskAsync(EntityAddress, Envelope, TimeSpan, CancellationToken)"/>.</summary>
    public Task<IReply> AskAsync(EntityAddress to, IMessage message, TimeSpan patience, CancellationToken cancellation = default) =>
        AskAsync(to, new Envelope(to.EntityId, message), patience, cancellation);
}
