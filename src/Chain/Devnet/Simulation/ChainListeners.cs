namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Those who hear of blocks: of each when it is made, and of those that it confirms and finalizes.</summary>
internal sealed class ChainListeners(SimulatedChainOptions options, BlockStore store)
{
    private readonly Lock _gate = new();
    private Action<ChainStep>[] _listeners = [];
    private ulong _confirmed;
    private ulong _finalized;

    public IDisposable Add(Action<ChainStep> listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }

        return new Listening(this, listener);
    }

    /// <summary>A block was appended.</summary>
    /// <param name="block">The block.</param>
    /// <param name="told">Whether it is news.</param>
    public void Tell(SimulatedBlock block, bool told)
    {
        var listeners = Volatile.Read(ref _listeners);
        var confirmed = Since(ref _confirmed, block.Slot, options.ConfirmedAfter, told && listeners.Length > 0);
        var finalized = Since(ref _finalized, block.Slot, options.FinalizedAfter, told && listeners.Length > 0);
        if (told)
        {
            var step = new ChainStep(block, confirmed, finalized, _finalized);
            Array.ForEach(listeners, listener => listener(step));
        }
    }

    private List<SimulatedBlock> Since(ref ulong known, ulong tip, int after, bool wanted)
    {
        var blocks = new List<SimulatedBlock>();
        var last = store.AtOrBefore(tip - Math.Min(tip, (ulong)after));
        for (var index = last; wanted && index >= 0 && store[index].Slot > known; index--)
        {
            blocks.Add(store[index]);
        }

        known = last < 0 ? known : Math.Max(known, store[last].Slot);
        blocks.Reverse();
        return blocks;
    }

    private void Remove(Action<ChainStep> listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners.Where(known => known != listener)];
        }
    }

    private sealed class Listening(ChainListeners listeners, Action<ChainStep> listener) : IDisposable
    {
        public void Dispose() => listeners.Remove(listener);
    }
}
