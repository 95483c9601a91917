using Akka.Actor;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Web.Gateway;

/// <summary>
/// The one place that asks entities for callers of the web. Every ask has a time limit. Within it, what came back undelivered is sent again, whatever it is, and what
/// may be repeated is asked a second time when no answer comes; whatever keeps an answer away becomes <see cref="Unavailable"/>, and when a region gives no answers at all its <see cref="RegionBreaker"/> answers so at once.
/// </summary>
public sealed class EntityGateway(ShardRegions regions, GatewayOptions options, TimeProvider clock)
{
    private static readonly Unavailable Open = new("The region does not answer at present.");
    private static readonly Unavailable Late = new("The entity did not answer in time.");
    private static readonly Unavailable Gone = new("The node does not reach the region.");

    private readonly RegionBreaker _battles = new(options, clock);
    private readonly RegionBreaker _boxes = new(options, clock);
    private readonly RegionBreaker _audit = new(options, clock);
    private readonly RegionBreaker _others = new(options, clock);
    private readonly AskDeadlines _limit = new(options.AskTimeout, clock);
    private readonly AskDeadlines _patience = new(options.AskTimeout * options.RepeatAfter, clock);
    private readonly AskDeadlines _probe = new(options.ProbeTimeout < options.AskTimeout ? options.ProbeTimeout : options.AskTimeout, clock);

    /// <summary>Asks an entity. A client that hangs up does not end the wait: the outcome tells the breaker how the region is.</summary>
    /// <param name="to">Who is asked.</param>
    /// <param name="message">A command or a query.</param>
    /// <param name="commandId">What makes a repeat of a command recognisable.</param>
    /// <param name="fingerprint">A digest of what was asked.</param>
    /// <returns><see cref="Done"/> for a command, the reply itself for a query; else a <see cref="Rejection"/> or <see cref="Unavailable"/>.</returns>
    public async Task<IReply> AskAsync(EntityAddress to, IMessage message, string? commandId = null, string? fingerprint = null)
    {
        var breaker = BreakerOf(to.Region);
        if (!breaker.TryEnter())
        {
            return Open;
        }

        if (!regions.TryGet(to.Region, out var region))
        {
            breaker.Fail();
            return Gone;
        }

        try
        {
            var envelope = new Envelope(to.EntityId, message, commandId, fingerprint);
            var probing = breaker.IsOpen;
            var limit = (probing ? _probe : _limit).Next();
            var twice = !probing && MayBeRepeated(envelope);
            var reply = await AskAsync(region, envelope, twice, limit);
            if (reply is Unavailable { NothingDone: true })
            {
                reply = await ResendAsync(region, envelope, twice, limit);
            }

            if (reply is Unavailable)
            {
                breaker.Fail();
            }
            else
            {
                breaker.Succeed();
            }

            return reply;
        }
        catch (OperationCanceledException)
        {
            breaker.Fail();
            return Late;
        }
    }

    private Task<IReply> AskAsync(IActorRef region, Envelope envelope, bool twice, CancellationToken limit) =>
        twice ? AskTwiceAsync(region, envelope, limit) : AskOnceAsync(region, envelope, limit);

    private static Task<IReply> AskOnceAsync(IActorRef region, Envelope envelope, CancellationToken limit) =>
        region.Ask<IReply>(envelope, Timeout.InfiniteTimeSpan, limit);

    /// <summary>The first may still be on its way when the second goes out: whichever has an outcome sooner answers for both, since they come to the same.</summary>
    private async Task<IReply> AskTwiceAsync(IActorRef region, Envelope envelope, CancellationToken limit)
    {
        var first = AskOnceAsync(region, envelope, limit);
        try
        {
            return await first.WaitAsync(_patience.Next());
        }
        catch (OperationCanceledException) when (!first.IsCompleted)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit);
            var second = AskAgainAsync(region, envelope.Message is IRepeatable command ? envelope with { Message = command.Again() } : envelope, ended.Token);
            var outcome = await OutcomeAsync(await Task.WhenAny(first, second) == first ? (first, second) : (second, first));
            await ended.CancelAsync();
            return outcome;
        }
    }

    private async Task<IReply> AskAgainAsync(IActorRef region, Envelope envelope, CancellationToken limit) =>
        await AskOnceAsync(region, envelope, limit) is var reply and not Unavailable { NothingDone: true } ? reply : await ResendAsync(region, envelope, false, limit);

    /// <summary>Sends what came back undelivered again, until it gets there.</summary>
    private async Task<IReply> ResendAsync(IActorRef region, Envelope envelope, bool twice, CancellationToken limit)
    {
        for (var pause = ShardRegions.FirstPause; ; pause = ShardRegions.Longer(pause))
        {
            await Task.Delay(pause, clock, limit);
            if (await AskAsync(region, envelope, twice, limit) is var reply and not Unavailable { NothingDone: true })
            {
                return reply;
            }
        }
    }

    /// <summary>
    /// What the sooner of two says, else what the later one says; but that nothing was done holds for one of them only, and says nothing where the other may have been.
    /// </summary>
    private static async Task<IReply> OutcomeAsync((Task<IReply> Sooner, Task<IReply> Later) two)
    {
        var said = two.Sooner.IsCompletedSuccessfully ? await two.Sooner : Late;
        if (said is not Unavailable)
        {
            return said;
        }

        var last = await two.Later;
        return last is Unavailable { NothingDone: true } ? said : last;
    }

    private static bool MayBeRepeated(Envelope envelope) => envelope.CommandId is not null || envelope.Message is IQuery or IRepeatable;

    private RegionBreaker BreakerOf(string region) => region switch
    {
        Names.Regions.BallotBox => _boxes,
        Names.Regions.Battle => _battles,
        Names.Regions.Audit => _audit,
        _ => _others,
    };
}
