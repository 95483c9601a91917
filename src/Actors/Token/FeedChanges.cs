using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>What a run of events of one feed changes in the read model.</summary>
internal sealed class FeedChanges(FeedRow before)
{
    private readonly Dictionary<long, int> _places = [];
    private readonly Dictionary<long, (decimal Amount, int Transfers)> _volume = [];

    /// <summary>The feed afterwards.</summary>
    public FeedRow Feed { get; private set; } = before;

    /// <summary>New movements, those that the same run withdrew among them.</summary>
    public List<TransactionRow> Transactions { get; } = [];

    /// <summary>New withdrawals and finality.</summary>
    public List<NoticeRow> Notices { get; } = [];

    /// <summary>What could not be understood, by signature.</summary>
    public Dictionary<string, ParkedRow> Parked { get; } = new(StringComparer.Ordinal);

    /// <summary>Movements of earlier runs that are withdrawn, each with the position of the line that says so.</summary>
    public Dictionary<long, long> Withdrawn { get; } = [];

    /// <summary>What is to be added to each bucket of the volume.</summary>
    public IReadOnlyDictionary<long, (decimal Amount, int Transfers)> Volume => _volume;

    /// <summary>Takes an event in.</summary>
    public void Take(IFeedEvent @event)
    {
        switch (@event)
        {
            case BlocksRecorded e:
                Add(e.First, e.Blocks, e.At);
                Feed = Feed with { TipSlot = (long)e.Upto.Slot, Decimals = e.Decimals, Position = e.First - 1 + e.Blocks.Sum(block => block.Movements.Count) };
                if (e.Finalized)
                {
                    Finalize(e.Upto.Slot, e.FinalizedAt);
                }

                break;
            case BlocksFinalized e:
                Finalize(e.Upto.Slot, e.FinalizedAt);
                break;
            case BlocksWithdrawn e:
                Withdraw(e.First, e.Lines);
                Feed = Feed with { TipSlot = (long)e.Tip.Slot, Position = e.First - 1 + e.Lines.Count };
                break;
            case FeedReconciled e:
                Withdraw(e.First, e.Withdrawn);
                Add(e.First + e.Withdrawn.Count, e.Added, e.At);
                Feed = Feed with
                {
                    TipSlot = Math.Max(Feed.TipSlot, (long)e.Upto),
                    Decimals = e.Decimals,
                    Position = e.First - 1 + e.Withdrawn.Count + e.Added.Sum(block => block.Movements.Count),
                };
                Finalize(e.Upto, e.FinalizedAt);
                break;
        }
    }

    /// <summary>Counts a movement in, or out again.</summary>
    public void Count(TransactionRow row, int sign)
    {
        if (row.BlockTime is not { } time || row.Kind == Kinds.Mint || row.Kind == Kinds.Burn)
        {
            return;
        }

        var bucket = time - time % VolumeRow.Bucket;
        var (amount, transfers) = _volume.GetValueOrDefault(bucket);
        _volume[bucket] = (amount + sign * row.Amount, transfers + sign);
    }

    private void Add(long first, IReadOnlyList<FeedBlock> blocks, DateTimeOffset at)
    {
        var position = first;
        foreach (var block in blocks)
        {
            foreach (var movement in block.Movements)
            {
                var row = Row(block, movement, position);
                _places.Add(position++, Transactions.Count);
                Transactions.Add(row);
                Count(row, 1);
            }

            foreach (var parked in block.Parked)
            {
                Parked[parked.Signature] = new ParkedRow
                {
                    Feed = Feed.Feed,
                    Signature = parked.Signature,
                    Slot = (long)block.Id.Slot,
                    Reason = parked.Reason,
                    ParkedAt = at.ToUnixTimeMilliseconds(),
                };
            }
        }
    }

    private void Withdraw(long first, IReadOnlyList<WithdrawnLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            Notices.Add(new NoticeRow { Feed = Feed.Feed, Position = first + i, Withdrawn = lines[i].Position });
            if (_places.TryGetValue(lines[i].Position, out var place))
            {
                Count(Transactions[place], -1);
                Transactions[place] = Transactions[place] with { WithdrawnBy = first + i };
            }
            else
            {
                Withdrawn.Add(lines[i].Position, first + i);
            }
        }
    }

    private void Finalize(ulong slot, long? position)
    {
        Feed = Feed with { FinalizedSlot = (long)slot, Position = position ?? Feed.Position };
        if (position is { } line)
        {
            Notices.Add(new NoticeRow { Feed = Feed.Feed, Position = line, Slot = (long)slot });
        }
    }

    private TransactionRow Row(FeedBlock block, Movement movement, long position) => new()
    {
        Feed = Feed.Feed,
        Position = position,
        Slot = (long)block.Id.Slot,
        BlockTime = block.Time?.ToUnixTimeMilliseconds(),
        Signature = movement.Signature,
        Index = movement.Index,
        Kind = WireEnum<MovementKind>.Name(movement.Kind),
        Sender = movement.Sender,
        Recipient = movement.Recipient,
        Amount = movement.Amount,
        Fee = movement.Fee,
    };

    private static class Kinds
    {
        public static readonly string Mint = WireEnum<MovementKind>.Name(MovementKind.Mint);
        public static readonly string Burn = WireEnum<MovementKind>.Name(MovementKind.Burn);
    }
}
