using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>The feed of a mint: where it stands, and the movements that may yet be withdrawn. Changes in place: it belongs to its entity alone.</summary>
public sealed class FeedState(string mint)
{
    private readonly List<OpenBlock> _open = [];
    private readonly Dictionary<(string Signature, int Index), (ulong Slot, long Position)> _lines = [];

    /// <summary>The mint.</summary>
    public string Mint => mint;

    /// <summary>The last block that was read; null while the feed is empty.</summary>
    public BlockId? Tip { get; private set; }

    /// <summary>The newest block known to be finalized; null before the first.</summary>
    public BlockId? Finalized { get; private set; }

    /// <summary>The position of the newest line.</summary>
    public long Position { get; private set; }

    /// <summary>The decimals of the mint; null while unknown.</summary>
    public int? Decimals { get; private set; }

    /// <summary>What the one who reads the chain said last; kept in memory only.</summary>
    public IngestObserved? Ingest { get; private set; }

    /// <summary>Blocks with movements that are not finalized, ascending.</summary>
    internal IReadOnlyList<OpenBlock> Open => _open;

    /// <summary>Where a movement that is not finalized was recorded; null when it is not.</summary>
    internal (ulong Slot, long Position)? Find(string signature, int index) => _lines.TryGetValue((signature, index), out var line) ? line : null;

    /// <summary>Where the feed stands.</summary>
    internal FeedTip View(bool applied) => new(applied, Tip, Finalized, Position, [.. _open.Select(block => block.Id).Distinct()]);

    /// <summary>Takes note of how the reading goes.</summary>
    internal FeedState Observe(IngestObserved told)
    {
        Ingest = IngestViews.Newer(Ingest, told);
        return this;
    }

    internal FeedState Evolve(IFeedEvent @event)
    {
        switch (@event)
        {
            case BlocksRecorded recorded:
                Tip = recorded.Upto;
                Decimals = recorded.Decimals;
                Add(recorded.Blocks, keep: !recorded.Finalized);
                if (recorded.Finalized)
                {
                    Finalize(recorded.Upto, recorded.FinalizedAt);
                }

                break;
            case BlocksFinalized finalized:
                Finalize(finalized.Upto, finalized.FinalizedAt);
                break;
            case BlocksWithdrawn withdrawn:
                Tip = withdrawn.Tip;
                Withdraw(withdrawn.Lines);
                break;
            case FeedReconciled reconciled:
                Decimals = reconciled.Decimals;
                Withdraw(reconciled.Withdrawn);
                Add(reconciled.Added, keep: false);
                Finalize(new BlockId(reconciled.Upto, null), reconciled.FinalizedAt);
                Tip = Tip is { } tip && tip.Slot > reconciled.Upto ? tip : Finalized;
                break;
        }

        return this;
    }

    internal FeedSnapshot Freeze() => new(Tip, Finalized, Position, Decimals, [.. _open]);

    internal static FeedState Thaw(string mint, FeedSnapshot snapshot)
    {
        var state = new FeedState(mint)
        {
            Tip = snapshot.Tip,
            Finalized = snapshot.Finalized,
            Position = snapshot.Position,
            Decimals = snapshot.Decimals,
        };
        foreach (var block in snapshot.Open)
        {
            state.Keep(block);
        }

        return state;
    }

    private void Add(IReadOnlyList<FeedBlock> blocks, bool keep)
    {
        foreach (var block in blocks)
        {
            if (keep && block.Movements.Count > 0)
            {
                Keep(new OpenBlock(block.Id, [.. block.Movements.Select((movement, i) => new OpenLine(Position + 1 + i, movement.Signature, movement.Index))]));
            }

            Position += block.Movements.Count;
        }
    }

    /// <summary>Puts a block in its place; what a reader without blocks finds late lies further back.</summary>
    private void Keep(OpenBlock block)
    {
        var place = _open.Count;
        while (place > 0 && _open[place - 1].Id.Slot > block.Id.Slot)
        {
            place--;
        }

        _open.Insert(place, block);
        foreach (var line in block.Lines)
        {
            _lines.Add((line.Signature, line.Index), (block.Id.Slot, line.Position));
        }
    }

    private void Finalize(BlockId upto, long? line)
    {
        Finalized = upto;
        Position = line ?? Position;
        var done = _open.TakeWhile(block => block.Id.Slot <= upto.Slot).ToList();
        foreach (var open in done.SelectMany(block => block.Lines))
        {
            _lines.Remove((open.Signature, open.Index));
        }

        _open.RemoveRange(0, done.Count);
    }

    private void Withdraw(IReadOnlyList<WithdrawnLine> lines)
    {
        Position += lines.Count;
        if (lines.Count == 0)
        {
            return;
        }

        foreach (var line in lines)
        {
            _lines.Remove((line.Signature, line.Index));
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            OpenLine[] left = [.. _open[i].Lines.Where(line => _lines.ContainsKey((line.Signature, line.Index)))];
            if (left.Length == 0)
            {
                _open.RemoveAt(i);
            }
            else if (left.Length < _open[i].Lines.Count)
            {
                _open[i] = _open[i] with { Lines = left };
            }
        }
    }
}

/// <summary>A block whose movements may yet be withdrawn.</summary>
/// <param name="Id">The block.</param>
/// <param name="Lines">Its movements, positions rising.</param>
public sealed record OpenBlock(BlockId Id, IReadOnlyList<OpenLine> Lines);

/// <summary>A movement that may yet be withdrawn.</summary>
/// <param name="Position">Its position in the feed.</param>
/// <param name="Signature">Its transaction.</param>
/// <param name="Index">Its place within the transaction.</param>
public sealed record OpenLine(long Position, string Signature, int Index);

/// <summary>A feed in a snapshot: as much as the chain has not finalized.</summary>
public sealed record FeedSnapshot(BlockId? Tip, BlockId? Finalized, long Position, int? Decimals, IReadOnlyList<OpenBlock> Open) : ISnapshot;
