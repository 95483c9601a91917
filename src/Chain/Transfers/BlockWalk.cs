using System.Collections.Concurrent;
using WildNOut.Actors.Token;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Transfers.Decoding;

namespace WildNOut.Chain.Transfers;

/// <summary>
/// Reads the chain block by block (mode <c>blocks</c>) and says what the feed is to be told next. It remembers nothing that matters: where to go on is the feed's own tip,
/// and every block must name the one before it, so an endpoint that omits, repeats or invents blocks is found out.
/// </summary>
/// <param name="mint">The token.</param>
/// <param name="from">The slot to begin with when the feed is empty; null for the newest that is finalized.</param>
/// <param name="rpc">Who is asked.</param>
/// <param name="decoder">Understands transactions.</param>
public sealed class BlockWalk(string mint, ulong? from, ISolanaRpc rpc, TransferDecoder decoder) : IChainWalk
{
    private const int MostBlocks = 32;

    /// <summary>Bytes of transactions after which no more blocks are read at a time: a busy chain's blocks are large.</summary>
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>Movements after which no more blocks go into one message: it has to fit into a frame of the cluster.</summary>
    private const int MostMovements = 4_000;

    private const int ReadsUnderWay = 4;
    private const ulong Span = 50_000;

    /// <summary>Slots after which the chain is asked again what is finalized: endpoints allow few calls, and each answer makes a row in the journal.</summary>
    private const ulong FinalityEvery = 8;

    /// <summary>Looks after which it is asked in any case: while the chain stands still, what an endpoint said that was behind would else be the last word.</summary>
    private const int LooksWithoutFinality = 15;

    private readonly ConcurrentDictionary<ulong, string> _unreadable = [];
    private int? _decimals;
    private ulong _emptyUpto;
    private ulong _newest;
    private ulong _finalityDue;
    private int _looks;

    /// <summary>The newest finalized slot, as was heard last.</summary>
    public ulong FinalizedSlot { get; private set; }

    /// <summary>The newest confirmed slot that was ever heard of: by it, and not by one who may be behind, is said how far the feed is.</summary>
    public ulong NewestSlot { get; private set; }

    /// <inheritdoc />
    public async Task<IFeedCommand?> NextAsync(FeedTip feed, CancellationToken cancellation)
    {
        _newest = Math.Max(FinalizedSlot, await rpc.GetSlotAsync(Commitment.Confirmed, feed.Tip?.Slot ?? 0, cancellation));
        // Also when an endpoint once spoke of a slot that nobody has reached.
        if (_newest >= _finalityDue || _newest + FinalityEvery < _finalityDue || ++_looks >= LooksWithoutFinality)
        {
            _looks = 0;
            FinalizedSlot = await rpc.GetSlotAsync(Commitment.Finalized, feed.Finalized?.Slot ?? 0, cancellation);
            _newest = Math.Max(FinalizedSlot, _newest);
            _finalityDue = _newest + FinalityEvery;
        }

        NewestSlot = Math.Max(NewestSlot, _newest);
        return await FinalityAsync(feed, cancellation) ?? (IsAdopted(feed) ? await BlocksAsync(feed, cancellation) : null);
    }

    /// <inheritdoc />
    public bool HasAll(FeedTip feed) => feed.Tip?.Slot >= NewestSlot;

    /// <inheritdoc />
    public Task ListenAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Looks whether the newest block that must be final by now is what the feed holds.</summary>
    private async Task<IFeedCommand?> FinalityAsync(FeedTip feed, CancellationToken cancellation)
    {
        var settled = feed.Finalized?.Slot ?? 0;
        var due = feed.Unfinalized.Append(feed.Tip).OfType<BlockId>().Where(block => block.Slot > settled && block.Slot <= FinalizedSlot).MaxBy(block => block.Slot);
        if (due is null)
        {
            return null;
        }

        if (due.Hash is null)
        {
            return await AdoptAsync(feed, settled, due.Slot, cancellation);
        }

        return await HashAsync(due.Slot, Commitment.Finalized, cancellation) == due.Hash
            ? new FinalizeBlocks(mint, due)
            : await ForkAsync(feed, cancellation);
    }

    /// <summary>Whether all that a reader without blocks may have left is final. Before that a block could hold again what the feed holds in a slot that was dropped.</summary>
    private static bool IsAdopted(FeedTip feed) => feed.Tip is not { Hash: null } tip || tip.Slot <= feed.Finalized?.Slot;

    /// <summary>What a reader without blocks left without finality: the blocks themselves have the last word on it.</summary>
    private async Task<IFeedCommand> AdoptAsync(FeedTip feed, ulong settled, ulong upto, CancellationToken cancellation)
    {
        var slots = await rpc.GetBlocksAsync(settled + 1, Math.Min(upto, settled + Span), Commitment.Finalized, cancellation);
        var read = await ReadAsync([.. slots.Take(MostBlocks)], Commitment.Finalized, cancellation);
        var linked = await LinkAsync(feed.Finalized ?? new BlockId(settled, null), read, Commitment.Finalized, cancellation);
        var (last, blocks) = linked.Count > 0 ? Take(linked) : (null, []);
        if (last is null && slots.Count > 0)
        {
            throw new RpcUnavailableException($"The blocks after slot {settled} are not to be had.");
        }

        _decimals ??= (await rpc.GetTokenSupplyAsync(mint, Commitment.Finalized, cancellation)).Value.Decimals;
        return new ReconcileBlocks(mint, settled, last is null || last.Slot == slots[^1] ? Math.Min(upto, settled + Span) : last.Slot, blocks, _decimals);
    }

    private async Task<IFeedCommand?> BlocksAsync(FeedTip feed, CancellationToken cancellation)
    {
        // Before the first block there is nothing to link with.
        var tip = feed.Tip ?? new BlockId((from ?? FinalizedSlot) is > 0 and var first ? first - 1 : 0, null);
        // Far behind, everything is final already and is read as such. A feed begins with what is final, so that there always is something to go back to.
        var settled = feed.Tip is null || tip.Slot + MostBlocks < FinalizedSlot;
        var commitment = settled ? Commitment.Finalized : Commitment.Confirmed;
        var slots = await SlotsAsync(tip.Slot, settled ? FinalizedSlot : _newest, commitment, cancellation);
        if (slots.Count == 0)
        {
            return null;
        }

        _decimals ??= (await rpc.GetTokenSupplyAsync(mint, Commitment.Finalized, cancellation)).Value.Decimals;
        var read = await ReadAsync(slots, commitment, cancellation);
        var linked = await LinkAsync(tip, read, commitment, cancellation);
        if (linked.Count == 0)
        {
            return read.Count == 0 ? null : await ForkAsync(feed, cancellation);
        }

        var (last, blocks) = Take(linked);
        return new RecordBlocks(mint, tip, new BlockId(last.Slot, last.Hash), blocks, settled, _decimals);
    }

    /// <summary>What the first blocks hold of the token, as many as go together, and the last of them.</summary>
    private (Block Last, IReadOnlyList<FeedBlock> Blocks) Take(IReadOnlyList<Block> linked)
    {
        List<FeedBlock> blocks = [];
        var (last, movements) = (linked[0], 0);
        foreach (var block in linked.TakeWhile(_ => movements < MostMovements))
        {
            last = block;
            if (Decode(block) is { } held)
            {
                blocks.Add(held);
                movements += held.Movements.Count;
            }
        }

        return (last, blocks);
    }

    /// <summary>The next slots with blocks, at most <see cref="MostBlocks"/>; stretches without any are passed over once.</summary>
    private async Task<IReadOnlyList<ulong>> SlotsAsync(ulong after, ulong newest, Commitment commitment, CancellationToken cancellation)
    {
        for (var first = Math.Max(after, commitment == Commitment.Finalized ? _emptyUpto : 0) + 1; first <= newest;)
        {
            var last = Math.Min(newest, first + Span - 1);
            var slots = await rpc.GetBlocksAsync(first, last, commitment, cancellation);
            if (slots.Count > 0)
            {
                return [.. slots.Where(slot => slot > after).Distinct().Order().Take(MostBlocks)];
            }

            if (commitment == Commitment.Finalized)
            {
                _emptyUpto = last;
            }

            first = last + 1;
        }

        return [];
    }

    /// <summary>The blocks of slots. When one is not to be had, those before it are not thrown away: the next step goes on after them.</summary>
    private async Task<IReadOnlyList<Block>> ReadAsync(IReadOnlyList<ulong> slots, Commitment commitment, CancellationToken cancellation)
    {
        List<Block> blocks = [];
        foreach (var some in slots.Chunk(ReadsUnderWay))
        {
            Task<Block?>[] reading = [.. some.Select(slot => BlockAsync(slot, commitment, cancellation))];
            await ((Task)Task.WhenAll(reading)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var one in reading)
            {
                if (blocks.Count > 0 && one.Exception?.InnerException is RpcUnavailableException)
                {
                    return blocks;
                }

                if (await one is { } block)
                {
                    blocks.Add(block);
                }
            }

            if (blocks.Sum(block => block.Transactions.Sum(transaction => (long)transaction.Json.Length)) > MostBytes)
            {
                break;
            }
        }

        return blocks;
    }

    /// <summary>The blocks that follow on a block one by one. One that was left out between them is fetched; where they no longer follow, the rest is cut off.</summary>
    private async Task<IReadOnlyList<Block>> LinkAsync(BlockId tip, IReadOnlyList<Block> blocks, Commitment commitment, CancellationToken cancellation)
    {
        List<Block> linked = [];
        foreach (var block in blocks)
        {
            Stack<Block> chain = new([block]);
            while (tip.Hash is not null && chain.Peek().ParentSlot > tip.Slot)
            {
                if (chain.Count > MostBlocks || await ParentAsync(chain.Peek(), commitment, cancellation) is not { } parent)
                {
                    if (linked.Count > 0)
                    {
                        return linked;
                    }

                    // Whoever said that nothing lies between may have been wrong.
                    _emptyUpto = 0;
                    throw new RpcUnavailableException($"The block before slot {chain.Peek().Slot} is not to be had.");
                }

                chain.Push(parent);
            }

            foreach (var next in chain)
            {
                if (tip.Hash is not null && (next.ParentSlot != tip.Slot || next.ParentHash != tip.Hash))
                {
                    return linked;
                }

                linked.Add(next);
                tip = new BlockId(next.Slot, next.Hash);
            }
        }

        return linked;
    }

    /// <summary>The block before another; null when it is not to be had.</summary>
    private async Task<Block?> ParentAsync(Block block, Commitment commitment, CancellationToken cancellation)
    {
        try
        {
            return await BlockAsync(block.ParentSlot, commitment, cancellation) is { } parent && parent.Hash == block.ParentHash ? parent : null;
        }
        catch (RpcUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Finds the newest block that the feed and the chain have in common.</summary>
    private async Task<IFeedCommand> ForkAsync(FeedTip feed, CancellationToken cancellation)
    {
        var tip = feed.Tip!;
        foreach (var block in feed.Unfinalized.Reverse().Prepend(tip).Append(feed.Finalized).OfType<BlockId>().Distinct())
        {
            // Of a reader without blocks there is no hash; what it found to be final is common in any case.
            if ((block.Hash is null && block == feed.Finalized) || await HashAsync(block.Slot, Commitment.Confirmed, cancellation) == block.Hash)
            {
                return block == tip
                    ? throw new RpcUnavailableException($"The blocks after slot {tip.Slot} do not follow on it.")
                    : new WithdrawBlocks(mint, tip, block);
            }
        }

        throw new RpcUnavailableException($"The chain has none of the blocks that the feed holds up to slot {tip.Slot}.");
    }

    private async Task<string?> HashAsync(ulong slot, Commitment commitment, CancellationToken cancellation) =>
        (await rpc.GetBlockAsync(slot, commitment, transactions: false, cancellation))?.Hash;

    /// <summary>A block. One with a transaction of a version that this client does not know cannot be had at all: it is read without its transactions, and parked.</summary>
    private async Task<Block?> BlockAsync(ulong slot, Commitment commitment, CancellationToken cancellation)
    {
        try
        {
            return await rpc.GetBlockAsync(slot, commitment, transactions: true, cancellation);
        }
        catch (RpcException refusal) when (refusal.Code == ErrorCodes.UnsupportedVersion)
        {
            _unreadable[slot] = refusal.Message;
            return await rpc.GetBlockAsync(slot, commitment, transactions: false, cancellation);
        }
    }

    private FeedBlock? Decode(Block block) => _unreadable.TryRemove(block.Slot, out var why)
        ? new FeedBlock(new BlockId(block.Slot, block.Hash), block.Time, [], [new ParkedTransaction($"slot {block.Slot}, every transaction", why)])
        : decoder.Decode(block);
}
