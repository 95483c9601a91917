using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>The rules of the feed: every movement once, in chain order, whoever says it and however often.</summary>
internal static class FeedDecider
{
    public static Decision<IFeedEvent> Decide(FeedState state, IFeedCommand command, DateTimeOffset now) => command switch
    {
        RecordBlocks record when FeedValidation.Judge(record) is { } rejection => Decision<IFeedEvent>.Reject(rejection),
        ReconcileBlocks reconcile when FeedValidation.Judge(reconcile) is { } rejection => Decision<IFeedEvent>.Reject(rejection),
        RecordBlocks record => Record(state, record, now),
        FinalizeBlocks finalize => Finalize(state, finalize, now),
        WithdrawBlocks withdraw => Withdraw(state, withdraw, now),
        ReconcileBlocks reconcile => Reconcile(state, reconcile, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A feed does not know this command."),
    };

    private static Decision<IFeedEvent> Record(FeedState state, RecordBlocks command, DateTimeOffset now)
    {
        if (state.Tip is { } tip && tip != command.After)
        {
            return Nothing(state, applied: tip == command.Upto);
        }

        if (command is { Finalized: true, Upto.Hash: null } && state.Open.Count > 0)
        {
            // Without blocks nothing says that what is open lies on the chain that was finalized: that takes a reconciliation.
            return Nothing(state, applied: false);
        }

        var blocks = NotRecorded(command.Blocks, Recorded);
        if (blocks.Count == 0 && command.Upto == state.Tip && !command.Finalized)
        {
            return Nothing(state, applied: true);
        }

        var first = state.Position + 1;
        long? finalizedAt = command.Finalized && state.Open.Count > 0 ? first + Count(blocks) : null;
        return Decision<IFeedEvent>.Accept(new BlocksRecorded(
            state.Mint, command.Upto, command.Finalized, first, blocks, finalizedAt, state.Decimals ?? command.Decimals, now));

        bool Recorded(BlockId block, Movement movement) =>
            block.Slot <= state.Finalized?.Slot || state.Find(movement.Signature, movement.Index) is not null;
    }

    private static Decision<IFeedEvent> Finalize(FeedState state, FinalizeBlocks command, DateTimeOffset now)
    {
        var upto = command.Upto;
        if (state.Finalized is { } finalized && upto.Slot <= finalized.Slot)
        {
            return Nothing(state, applied: !Contradicts(finalized, upto));
        }

        if (state.Tip is not { } tip || upto.Slot > tip.Slot || Contradicts(tip, upto) || state.Open.Any(block => Contradicts(block.Id, upto)))
        {
            return Nothing(state, applied: false);
        }

        long? line = state.Open.Count > 0 && state.Open[0].Id.Slot <= upto.Slot ? state.Position + 1 : null;
        return Decision<IFeedEvent>.Accept(new BlocksFinalized(state.Mint, upto, line, now));
    }

    private static Decision<IFeedEvent> Withdraw(FeedState state, WithdrawBlocks command, DateTimeOffset now)
    {
        var after = command.After;
        if (state.Tip == after)
        {
            return Nothing(state, applied: true);
        }

        if (state.Tip != command.Tip || after.Slot >= command.Tip.Slot
            || (state.Finalized is { } finalized && (after.Slot < finalized.Slot || Contradicts(finalized, after)))
            || state.Open.Any(block => Contradicts(block.Id, after)))
        {
            return Nothing(state, applied: false);
        }

        var lines = NewestFirst(state).Where(line => line.Slot > after.Slot).Select(line => Gone(line.Line)).ToList();
        return Decision<IFeedEvent>.Accept(new BlocksWithdrawn(state.Mint, after, state.Position + 1, lines, now));
    }

    private static Decision<IFeedEvent> Reconcile(FeedState state, ReconcileBlocks command, DateTimeOffset now)
    {
        if (state.Finalized is { } finalized && (finalized.Slot != command.After || command.Upto == command.After))
        {
            return Nothing(state, applied: finalized.Slot == command.Upto);
        }

        var truth = new Dictionary<(string, int), ulong>();
        foreach (var block in command.Blocks)
        {
            foreach (var movement in block.Movements)
            {
                truth.TryAdd((movement.Signature, movement.Index), block.Id.Slot);
            }
        }

        var withdrawn = NewestFirst(state).Where(line => line.Slot > command.After && IsWrong(line.Slot, line.Line)).Select(line => Gone(line.Line)).ToList();
        var added = NotRecorded(command.Blocks, (block, movement) => state.Find(movement.Signature, movement.Index)?.Slot == block.Slot);
        var open = state.Open.TakeWhile(block => block.Id.Slot <= command.Upto).Sum(block => block.Lines.Count);
        var stays = open > withdrawn.Count(line => state.Find(line.Signature, line.Index)!.Value.Slot <= command.Upto);
        var first = state.Position + 1;
        return Decision<IFeedEvent>.Accept(new FeedReconciled(
            state.Mint, command.Upto, first, withdrawn, added, stays ? first + withdrawn.Count + Count(added) : null, state.Decimals ?? command.Decimals, now));

        bool IsWrong(ulong slot, OpenLine line) =>
            truth.TryGetValue((line.Signature, line.Index), out var landed) ? landed != slot : slot <= command.Upto;
    }

    /// <summary>The blocks without the movements that are recorded, and without repeats among themselves.</summary>
    private static List<FeedBlock> NotRecorded(IReadOnlyList<FeedBlock> blocks, Func<BlockId, Movement, bool> recorded)
    {
        var seen = new HashSet<(string, int)>();
        var left = new List<FeedBlock>(blocks.Count);
        foreach (var block in blocks)
        {
            Movement[] movements = [.. block.Movements.Where(movement => !recorded(block.Id, movement) && seen.Add((movement.Signature, movement.Index)))];
            if (movements.Length + block.Parked.Count > 0)
            {
                left.Add(block with { Movements = movements });
            }
        }

        return left;
    }

    private static IEnumerable<(ulong Slot, OpenLine Line)> NewestFirst(FeedState state) =>
        state.Open.Reverse().SelectMany(block => block.Lines.Reverse(), (block, line) => (block.Id.Slot, line));

    private static WithdrawnLine Gone(OpenLine line) => new(line.Position, line.Signature, line.Index);

    private static int Count(List<FeedBlock> blocks) => blocks.Sum(block => block.Movements.Count);

    /// <summary>Whether both are in the same slot and are known to be different.</summary>
    private static bool Contradicts(BlockId one, BlockId other) =>
        one.Slot == other.Slot && one.Hash is not null && other.Hash is not null && one.Hash != other.Hash;

    private static Decision<IFeedEvent> Nothing(FeedState state, bool applied) => Decision<IFeedEvent>.Answer(state.View(applied));
}
