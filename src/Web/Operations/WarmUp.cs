using Akka.Actor;
using WildNOut.Actors;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Web.Operations;

/// <summary>
/// Asks every ballot box and one battle after the start, until each has answered: only then do votes find their way, and only then is the node
/// ready. A started region alone says little: its coordinator may still be looking for its state.
/// </summary>
public sealed class WarmUp(ShardRegions regions, NodeOptions node, ILogger<WarmUp> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private volatile bool _done;

    /// <summary>Whether all have answered once.</summary>
    public bool Done => _done;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var boxes = Enumerable.Range(0, node.BallotBoxes).Select(box => AnswerAsync(BallotBoxes.AddressOf(box), new GetVotes(Guid.Empty, string.Empty), stoppingToken));
        await Task.WhenAll([.. boxes, AnswerAsync(BallotBoxes.AddressOf(Guid.Empty), new GetBattle(), stoppingToken)]);
        _done = true;
        logger.LogInformation("The shard regions answer; the node is ready.");
    }

    private async Task AnswerAsync(EntityAddress address, IQuery query, CancellationToken stopping)
    {
        while (!await AnsweredAsync(address, query, stopping))
        {
            await Task.Delay(Pause, stopping);
        }
    }

    private async Task<bool> AnsweredAsync(EntityAddress address, IQuery query, CancellationToken stopping)
    {
        try
        {
            return regions.TryGet(address.Region, out var region)
                && await region.Ask<IReply>(new Envelope(address.EntityId, query), Patience, stopping) is not Unavailable;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }
}
