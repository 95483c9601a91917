namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>The blocks that a chain keeps, oldest first, and where each transaction and each address occurs in them.</summary>
internal sealed class BlockStore
{
    /// <summary>How many blocks remember the token accounts after them: enough for all that is not finalized, and for answers that lag behind.</summary>
    private const int RememberedStates = 512;

    private readonly List<SimulatedBlock> _blocks = [];
    private readonly Dictionary<string, SimulatedTransaction> _bySignature = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SimulatedTransaction>> _byAddress = new(StringComparer.Ordinal);

    public int Count => _blocks.Count;

    public SimulatedBlock this[int index] => _blocks[index];

    public SimulatedBlock Tip => _blocks[^1];

    public SimulatedTransaction? Transaction(string signature) => _bySignature.GetValueOrDefault(signature);

    /// <summary>The transactions that name an address, oldest first.</summary>
    public IReadOnlyList<SimulatedTransaction> Naming(string address) => _byAddress.TryGetValue(address, out var found) ? found : [];

    /// <summary>The index of the newest block not after a slot; -1 when there is none.</summary>
    public int AtOrBefore(ulong slot)
    {
        var (low, high) = (0, _blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _blocks[middle].Slot <= slot ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    public SimulatedBlock? Find(ulong slot) => AtOrBefore(slot) is >= 0 and var index && _blocks[index].Slot == slot ? _blocks[index] : null;

    public void Append(SimulatedBlock block)
    {
        _blocks.Add(block);
        Index(block);
        if (_blocks.Count > RememberedStates)
        {
            _blocks[^(RememberedStates + 1)].State = null;
        }
    }

    /// <summary>Takes the newest blocks away.</summary>
    /// <returns>Them, oldest first.</returns>
    public IReadOnlyList<SimulatedBlock> Drop(int count)
    {
        var dropped = _blocks.GetRange(_blocks.Count - count, count);
        _blocks.RemoveRange(_blocks.Count - count, count);
        for (var i = dropped.Count - 1; i >= 0; i--)
        {
            foreach (var transaction in dropped[i].Transactions.Reverse())
            {
                _bySignature.Remove(transaction.Signature);
                foreach (var key in transaction.Keys)
                {
                    var list = _byAddress[key.Address];
                    list.RemoveAt(list.Count - 1);
                }
            }
        }

        return dropped;
    }

    /// <summary>Puts older blocks before all others, and makes the oldest so far their child.</summary>
    public void Prepend(IReadOnlyList<SimulatedBlock> older)
    {
        _blocks[0] = _blocks[0] with { Parent = older[^1].Link };
        _blocks.InsertRange(0, older);
        Reindex();
    }

    /// <summary>Forgets the oldest blocks.</summary>
    public void Trim(int count)
    {
        _blocks.RemoveRange(0, count);
        Reindex();
    }

    private void Reindex()
    {
        _bySignature.Clear();
        _byAddress.Clear();
        _blocks.ForEach(Index);
    }

    private void Index(SimulatedBlock block)
    {
        foreach (var transaction in block.Transactions)
        {
            _bySignature[transaction.Signature] = transaction;
            foreach (var key in transaction.Keys)
            {
                if (!_byAddress.TryGetValue(key.Address, out var list))
                {
                    _byAddress[key.Address] = list = [];
                }

                list.Add(transaction);
            }
        }
    }
}
