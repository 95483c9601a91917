using WildNOut.Actors.Engine;
using WildNOut.Actors.Token;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>The feed's own rules without a node, and the movements that stand by its events.</summary>
internal sealed class ModelFeed(string mint)
{
    private readonly FeedDefinition _rules = new();
    private readonly SortedDictionary<long, (ulong Slot, Movement Movement)> _standing = [];
    private FeedState? _state;

    public FeedTip Tip => (FeedTip)_rules.Answer(State, new GetFeed(mint), DateTimeOffset.UnixEpoch);

    /// <summary>What was recorded and not withdrawn, by position.</summary>
    public IReadOnlyList<(ulong Slot, Movement Movement)> Standing => [.. _standing.Values];

    public int Withdrawals { get; private set; }

    public int Parked { get; private set; }

    private FeedState State => _state ??= _rules.Empty(mint);

    /// <summary>Carries a command out and answers as the entity does.</summary>
    public IReply Tell(IFeedCommand command)
    {
        var decision = _rules.Decide(State, command, DateTimeOffset.UnixEpoch);
        foreach (var happened in decision.Events)
        {
            Note(happened);
            _state = _rules.Evolve(State, happened);
        }

        return decision.Reply ?? _rules.ReplyTo(State, decision.Events);
    }

    private void Note(IFeedEvent happened)
    {
        switch (happened)
        {
            case BlocksRecorded recorded:
                Add(recorded.First, recorded.Blocks);
                break;
            case BlocksWithdrawn withdrawn:
                Withdrawals++;
                Remove(withdrawn.Lines);
                break;
            case FeedReconciled reconciled:
                Remove(reconciled.Withdrawn);
                Add(reconciled.First + reconciled.Withdrawn.Count, reconciled.Added);
                break;
        }
    }

    private void Add(long position, IReadOnlyList<FeedBlock> blocks)
    {
        foreach (var (block, movement) in blocks.SelectMany(block => block.Movements, (block, movement) => (block, movement)))
        {
            _standing.Add(position++, (block.Id.Slot, movement));
        }

        Parked += blocks.Sum(block => block.Parked.Count);
    }

    private void Remove(IReadOnlyList<WithdrawnLine> lines)
    {
        foreach (var line in lines)
        {
            Assert.True(_standing.Remove(line.Position));
        }
    }
}
