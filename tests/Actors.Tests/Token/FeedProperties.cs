using CsCheck;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Token;
using Xunit;

namespace WildNOut.Actors.Tests.Token;

/// <summary>Whatever way the chain goes and however often a reader repeats itself, the feed is the chain.</summary>
public sealed class FeedProperties
{
    private static readonly FeedDefinition Definition = new();

    private static readonly Gen<Step[]> Steps =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 6], Gen.Int[0, 1_000]).Select((kind, size, chance) => new Step(kind, size, chance)).Array[1, 60];

    [Fact]
    public void Recorded_minus_withdrawn_is_the_chain() => Steps.Sample(steps =>
    {
        var (chain, ledger) = (new ModelChain(), new FeedLedger());
        foreach (var step in steps)
        {
            chain.Go(step);
            Follow(chain, ledger, step);
            Assert.Equal(chain.Movements, ledger.Live);
        }
    });

    [Fact]
    public void A_repeat_or_a_command_of_old_changes_nothing() => Steps.Sample(steps =>
    {
        var (chain, ledger) = (new ModelChain(), new FeedLedger());
        var sent = new List<IFeedCommand>();
        foreach (var step in steps)
        {
            chain.Go(step);
            Follow(chain, ledger, step, sent.Add);
            foreach (var repeat in sent.Where((_, i) => i == sent.Count - 1 || (i + step.Chance) % 3 == 0).ToList())
            {
                ledger.Send(repeat);
            }

            // A command of old may be right again where the chain has come back to where it was; the reader then sees the tip and goes on.
            Follow(chain, ledger, step);
            Assert.Equal(chain.Movements, ledger.Live);
        }
    });

    [Fact]
    public void A_replayed_journal_and_a_thawed_snapshot_equal_the_live_state() => Steps.Sample(steps =>
    {
        var (chain, ledger) = (new ModelChain(), new FeedLedger());
        foreach (var step in steps)
        {
            chain.Go(step);
            Follow(chain, ledger, step);
        }

        var live = Wire.Frozen(Definition.Freeze(ledger.Feed.State));
        var replayed = ledger.Journal.Aggregate(Definition.Empty(Chain.Mint), Definition.Evolve);
        Assert.Equal(live, Wire.Frozen(Definition.Freeze(replayed)));
        var thawed = Definition.Thaw(Chain.Mint, Wire.RoundTrip(Definition.Freeze(replayed)));
        Assert.Equal(live, Wire.Frozen(Definition.Freeze(thawed)));
    });

    [Fact]
    public void A_reader_without_blocks_that_misses_and_mistakes_much_ends_with_the_chain() => Steps.Sample(steps =>
    {
        var (chain, ledger) = (new ModelChain(), new FeedLedger());
        foreach (var step in steps)
        {
            chain.Go(step);
            Glimpse(chain, ledger, step);
            var final = ledger.Tip.Finalized?.Slot ?? 0;
            if (chain.Finalized > final)
            {
                var command = new ReconcileBlocks(Chain.Mint, final, chain.Finalized, [.. Blind(chain.Blocks.Where(block => block.Id.Slot > final && block.Id.Slot <= chain.Finalized))]);
                Assert.True(ledger.Send(command).Applied);
                ledger.Send(command);
                Assert.Equal(
                    InChainOrder(chain.Movements.Where(line => line.Slot <= chain.Finalized)),
                    InChainOrder(ledger.Live.Where(line => line.Slot <= chain.Finalized)));
            }

            Assert.Distinct(ledger.Live.Select(line => (line.Movement.Signature, line.Movement.Index)));
        }
    });

    /// <summary>The order within a slot is not known without blocks.</summary>
    private static IEnumerable<(ulong Slot, string Signature, int Index)> InChainOrder(IEnumerable<(ulong Slot, Movement Movement)> lines) =>
        lines.Select(line => (line.Slot, line.Movement.Signature, line.Movement.Index)).Order();

    /// <summary>A reader of blocks: asks where the feed stands, goes back to what both have in common, and reads on in pieces.</summary>
    private static void Follow(ModelChain chain, FeedLedger ledger, Step step, Action<IFeedCommand>? sent = null)
    {
        var tip = ledger.Tip;
        if (tip.Tip is { } at && !chain.Has(at))
        {
            tip = Send(new WithdrawBlocks(Chain.Mint, at, chain.CommonWith(tip)));
        }

        while ((tip.Tip ?? chain.Start) != chain.Head)
        {
            var after = tip.Tip ?? chain.Start;
            var piece = chain.After(after).Take(1 + step.Chance % 4).ToList();
            tip = Send(new RecordBlocks(Chain.Mint, after, piece[^1].Id, [.. piece.Where(block => block.Movements.Count > 0)], Finalized: piece[^1].Id.Slot <= chain.Finalized, 6));
            Assert.True(tip.Applied);
        }

        if (tip.Tip is not null && chain.Finalized > (tip.Finalized?.Slot ?? 0))
        {
            Assert.True(Send(new FinalizeBlocks(Chain.Mint, chain.At(chain.Finalized))).Applied);
        }

        FeedTip Send(IFeedCommand command)
        {
            sent?.Invoke(command);
            return ledger.Send(command);
        }
    }

    /// <summary>A reader of signatures: sees some of the newest movements, some of them late, and some in slots of a chain that is no more.</summary>
    private static void Glimpse(ModelChain chain, FeedLedger ledger, Step step)
    {
        var after = ledger.Tip.Tip ?? new BlockId(0, null);
        var upto = new BlockId(Math.Max(after.Slot, chain.Head.Slot), null);
        var seen = Blind(chain.Blocks).Select(block => block with { Movements = [.. block.Movements.Where((_, i) => (i + step.Chance) % 3 != 0)] });
        ledger.Send(new RecordBlocks(Chain.Mint, after, upto, [.. seen], Finalized: false, 6));
    }

    private static IEnumerable<FeedBlock> Blind(IEnumerable<FeedBlock> blocks) => blocks.Select(block => block with { Id = new BlockId(block.Id.Slot, null) });
}

/// <summary>Something that happens to a chain.</summary>
internal sealed record Step(int Kind, int Size, int Chance);

/// <summary>A chain that grows, forks, drops transactions, takes some of them in again, and becomes final from behind.</summary>
internal sealed class ModelChain
{
    private readonly List<FeedBlock> _blocks = [Chain.Block(Chain.Id(1, "start"))];
    private readonly List<Movement> _dropped = [];
    private int _made;
    private int _fork;

    public BlockId Start => _blocks[0].Id;

    public BlockId Head => _blocks[^1].Id;

    public ulong Finalized { get; private set; } = 1;

    public IReadOnlyList<FeedBlock> Blocks => _blocks;

    public IEnumerable<(ulong Slot, Movement Movement)> Movements => _blocks.SelectMany(block => block.Movements, (block, movement) => (block.Id.Slot, movement));

    public bool Has(BlockId id) => _blocks.Any(block => block.Id == id);

    public IEnumerable<FeedBlock> After(BlockId id) => _blocks.SkipWhile(block => block.Id != id).Skip(1);

    public BlockId At(ulong slot) => _blocks.Last(block => block.Id.Slot <= slot).Id;

    /// <summary>The newest block that the feed and the chain have in common, as a reader finds it.</summary>
    public BlockId CommonWith(FeedTip tip) =>
        tip.Unfinalized.LastOrDefault(Has) is { } open && open.Slot >= (tip.Finalized?.Slot ?? 0) ? open : tip.Finalized ?? Start;

    public void Go(Step step)
    {
        switch (step.Kind)
        {
            case 0:
                var keep = Math.Max(_blocks.FindLastIndex(block => block.Id.Slot <= Finalized) + 1, _blocks.Count - step.Size);
                _dropped.AddRange(_blocks.Skip(keep).SelectMany(block => block.Movements));
                _blocks.RemoveRange(keep, _blocks.Count - keep);
                _fork++;
                Grow(step);
                break;
            case 1:
                Finalized = Math.Max(Finalized, _blocks[Math.Max(0, _blocks.Count - 1 - step.Size)].Id.Slot);
                break;
            default:
                Grow(step);
                break;
        }
    }

    private void Grow(Step step)
    {
        for (var i = 0; i <= step.Size / 2; i++)
        {
            var movements = new List<Movement>();
            for (var n = 0; n < (step.Chance + i) % 4; n++)
            {
                if (_dropped.Count > 0 && (step.Chance + n) % 2 == 0)
                {
                    movements.Add(_dropped[^1]);
                    _dropped.RemoveAt(_dropped.Count - 1);
                }
                else
                {
                    movements.Add(Chain.Move($"tx{_made++ / 2}", _made % 2));
                }
            }

            _blocks.Add(Chain.Block(Chain.Id(Head.Slot + 1 + (ulong)(step.Chance % 2), $"f{_fork}-"), [.. movements]));
        }
    }
}
