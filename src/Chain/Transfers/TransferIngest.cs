using Akka;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Token;
using WildNOut.Actors.Wallets;

namespace WildNOut.Chain.Transfers;

/// <summary>
/// From the chain to the feed of the token. The checkpoint is the feed's own tip: each step goes on from the tip that the feed answered with, so that a restart, another
/// node that takes over, or two that read at once can neither double nor omit anything. A slow feed slows the reading, since one step follows the other's answer.
/// What breaks starts anew after a pause.
/// </summary>
/// <param name="mint">The token.</param>
/// <param name="walk">Reads the chain.</param>
/// <param name="news">Says when to look again.</param>
/// <param name="regions">The way to the feed.</param>
/// <param name="wallets">Learns which linked wallets to read anew.</param>
/// <param name="metrics">Hears how it goes.</param>
/// <param name="system">Names the node.</param>
/// <param name="clock">Paces the looking for news.</param>
/// <param name="log">Hears of what broke and of parked transactions.</param>
public sealed partial class TransferIngest(
    string mint,
    IChainWalk walk,
    SlotNews news,
    ShardRegions regions,
    WalletTables wallets,
    IngestMetrics metrics,
    ActorSystem system,
    TimeProvider clock,
    ILogger<TransferIngest> log) : IOwnedStream
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long until the next look when nobody says that there is something new.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(10);
    private static readonly RestartSettings Pauses = RestartSettings.Create(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), 0.2);

    private readonly IngestProgress _progress = new(mint, ((ExtendedActorSystem)system).Provider.DefaultAddress.ToString(), metrics, clock);

    /// <inheritdoc />
    public async Task RunAsync(IMaterializer materializer, IScheduler scheduler, CancellationToken stop)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var leaving = stop.Register(metrics.Leaves);
        var listening = Task.WhenAll(news.ListenAsync(life.Token), walk.ListenAsync(life.Token));
        try
        {
            await RestartSource.WithBackoff(() => Steps(stop), Pauses).Select(_ => NotUsed.Instance)
                .Merge(Source.Tick(TimeSpan.Zero, ReportEvery, NotUsed.Instance).MapMaterializedValue(_ => NotUsed.Instance).Select(Report))
                .RunWith(Sink.Ignore<NotUsed>(), materializer);
        }
        finally
        {
            await life.CancelAsync();
            await listening;
        }
    }

    /// <summary>Tells how far the feed is, also while a step waits for endpoints that do not answer.</summary>
    private NotUsed Report(NotUsed tick)
    {
        var feed = FeedDefinition.AddressOf(mint);
        if (regions.TryGet(feed.Region, out _))
        {
            regions.Tell(feed, _progress.Report(walk.NewestSlot));
        }

        return tick;
    }

    private Source<FeedTip, NotUsed> Steps(CancellationToken stop) => Source.UnfoldAsync<FeedTip?, FeedTip>(null, async known =>
    {
        try
        {
            var tip = await StepAsync(known ?? await AskAsync(new GetFeed(mint), stop), stop);
            return (tip, tip);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            Broke(log, fault);
            _progress.Fails(fault);
            throw;
        }
    });

    private async Task<FeedTip> StepAsync(FeedTip tip, CancellationToken stop)
    {
        var command = await walk.NextAsync(tip, stop);
        if (command is null)
        {
            // Whoever answered may know less of the chain than another did before.
            if (tip.Tip?.Slot >= walk.NewestSlot)
            {
                _progress.Advances(tip.Tip);
            }

            await news.WaitAsync(Pace, stop);
            return tip;
        }

        var after = await AskAsync(command, stop);
        if (after.Applied)
        {
            _progress.Advances(after.Tip);
            metrics.Took(command, after.Position - tip.Position);
            Tell(command);
            await TouchAsync(command, stop);
        }

        if (walk.HasAll(after))
        {
            await news.WaitAsync(Pace, stop);
        }

        return after;
    }

    private async Task<FeedTip> AskAsync(IMessage message, CancellationToken stop)
    {
        var reply = await regions.AskAsync(FeedDefinition.AddressOf(mint), message, AskTimeout, stop);
        return (reply is Actors.Engine.Done done ? done.Reply : reply) as FeedTip ?? throw new InvalidOperationException($"The feed answered {reply}.");
    }

    /// <summary>A touch that is lost in a crash is made up for when the wallet's reading is no longer fresh.</summary>
    private async Task TouchAsync(IFeedCommand command, CancellationToken stop)
    {
        var touched = BlocksOf(command)
            .SelectMany(block => block.Movements).SelectMany(movement => new[] { movement.Sender, movement.Recipient }).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        if (touched.Count > 0)
        {
            await wallets.TouchAsync(touched, clock.GetUtcNow(), stop);
        }
    }

    private static IReadOnlyList<FeedBlock> BlocksOf(IFeedCommand command) => command switch
    {
        RecordBlocks record => record.Blocks,
        ReconcileBlocks reconcile => reconcile.Blocks,
        _ => [],
    };

    private void Tell(IFeedCommand command)
    {
        if (command is WithdrawBlocks withdrawn)
        {
            WentAnotherWay(log, withdrawn.After.Slot, withdrawn.Tip.Slot);
        }

        foreach (var parked in BlocksOf(command).SelectMany(block => block.Parked))
        {
            Parked(log, parked.Signature, parked.Reason);
        }
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "Reading the chain broke; it goes on from the feed's tip after a pause.")]
    private static partial void Broke(ILogger log, Exception fault);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Error, Message = "A transaction was parked, the feed goes on: {Signature}: {Reason}")]
    private static partial void Parked(ILogger log, string signature, string reason);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Warning, Message = "The chain went another way after slot {After}; what was recorded up to slot {Tip} is withdrawn.")]
    private static partial void WentAnotherWay(ILogger log, ulong after, ulong tip);
}
