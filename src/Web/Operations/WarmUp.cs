using Akka.Actor;
using WildNOut.Actors;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Web.Operations;

/// <summary>
/// Asks every ballot box and one battle after the start, until each has answered: only then do votes find their way, and only then is the node
/// ready. A started region alone says little: its coordinator may still be looking for its state. After half a minute one box and the battle are
/// enough, because a single entity that cannot recover must not keep every new node away from all others.
/// </summary>
public sealed class WarmUp(ShardRegions regions, NodeOptions node, ILogger<WarmUp> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private volatile bool _done;

    /// <summary>Whether all have answered once, or enough of them.</summary>
    public bool Done => _done;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task[] boxes = [.. Enumerable.Range(0, node.BallotBoxes).Select(box => AnswerAsync(BallotBoxes.AddressOf(box), new GetVotes(Guid.Empty, string.Empty), stoppingToken))];
        var battle = AnswerAsync(BallotBoxes.AddressOf(Guid.Empty), new GetBattle(), stoppingToken);
        var all = Task.WhenAll([.. boxes, battle]);
        try
        {
            await all.WaitAsync(Enough, stoppingToken);
        }
        catch (TimeoutException)
        {
            logger.LogError("After {Seconds} s ballot boxes {Boxes} do not answer; the node waits for one of them and a battle only.", Enough.TotalSeconds, Silent(boxes));
            await Task.WhenAll(battle, Task.WhenAny(boxes));
        }

        _done = true;
        logger.LogInformation("The shard regions answer; the node is ready.");
        await all;
    }

    private static IEnumerable<int> Silent(Task[] boxes) => Enumerable.Range(0, boxes.Length).Where(box => !boxes[box].IsCompletedSuccessfully);

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
            return regions.TryGet(address.Region, out _) && await regions.AskAsync(address, query, Patience, stopping) is not Unavailable;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }
}
