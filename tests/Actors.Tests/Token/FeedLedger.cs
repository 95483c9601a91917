using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Token;
using Xunit;

namespace WildNOut.Actors.Tests.Token;

/// <summary>A feed with the lines that its events hold, and every position checked.</summary>
internal sealed class FeedLedger
{
    private readonly Dictionary<long, (ulong Slot, Movement Movement)> _live = [];
    private long _last;

    public Scenario<FeedState, IFeedCommand, IFeedEvent> Feed { get; } = new(new FeedDefinition(), Chain.Mint);

    public List<IFeedEvent> Journal { get; } = [];

    public FeedTip Tip => Feed.Asked<FeedTip>(new GetFeed(Chain.Mint), Chain.Now);

    /// <summary>What was recorded and not withdrawn, in the order of the chain.</summary>
    public IEnumerable<(ulong Slot, Movement Movement)> Live => _live.OrderBy(line => line.Value.Slot).ThenBy(line => line.Key).Select(line => line.Value);

    public FeedTip Send(IFeedCommand command)
    {
        var outcome = Feed.When(command, Chain.Now);
        foreach (var @event in outcome.Decision.Events)
        {
            Journal.Add(Wire.RoundTrip(@event));
            Take(@event);
        }

        var tip = Assert.IsType<FeedTip>(outcome.Reply);
        Assert.Equal(_last, tip.Position);
        return tip;
    }

    private void Take(IFeedEvent @event)
    {
        switch (@event)
        {
            case BlocksRecorded e:
                Add(e.First, e.Blocks);
                Finalize(e.FinalizedAt);
                break;
            case BlocksFinalized e:
                Finalize(e.FinalizedAt);
                break;
            case BlocksWithdrawn e:
                Withdraw(e.First, e.Lines);
                break;
            case FeedReconciled e:
                Withdraw(e.First, e.Withdrawn);
                Add(e.First + e.Withdrawn.Count, e.Added);
                Finalize(e.FinalizedAt);
                break;
        }
    }

    private void Add(long first, IReadOnlyList<FeedBlock> blocks)
    {
        Assert.Equal(_last + 1, first);
        foreach (var block in blocks)
        {
            foreach (var movement in block.Movements)
            {
                _live.Add(++_last, (block.Id.Slot, movement));
            }
        }
    }

    private void Withdraw(long first, IReadOnlyList<WithdrawnLine> lines)
    {
        Assert.Equal(_last + 1, first);
        foreach (var line in lines)
        {
            Assert.True(_live.Remove(line.Position, out var gone));
            Assert.Equal((line.Signature, line.Index), (gone.Movement.Signature, gone.Movement.Index));
            _last++;
        }
    }

    private void Finalize(long? position)
    {
        if (position is { } line)
        {
            Assert.Equal(++_last, line);
        }
    }
}
