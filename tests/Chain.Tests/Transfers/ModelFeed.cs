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
                var position = recorded.First;
                foreach (var (block, movement) in recorded.Blocks.SelectMany(block => block.Movements, (block, movement) => (block, movement)))
                {
                    _standing.Add(position++, (block.Id.Slot, movement));
                }

                break;
            case BlocksWithdrawn withdrawn:
                Withdrawals++;
                foreach (var line in withdrawn.Lines)
                {
                    Assert.True(_standing.Remove(line.Position));
                }

                break;
        }
    }
}
