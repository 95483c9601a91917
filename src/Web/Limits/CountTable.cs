namespace WildNOut.Web.Limits;

/// <summary>What a look at a caller's count found.</summary>
public enum Verdict
{
    /// <summary>A permit was there and is taken.</summary>
    Taken,

    /// <summary>There is none before the next window.</summary>
    Spent,

    /// <summary>This node has none; the owner may have some.</summary>
    Lacking,
}

/// <summary>A caller's count in the present window.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Used">Permits that this node has given out.</param>
/// <param name="Remaining">Permits that are left in the cluster, as far as this node knows.</param>
/// <param name="Window">The number of the window.</param>
/// <param name="Ends">Its end, in milliseconds since 1970.</param>
public readonly record struct Count(Verdict Verdict, int Used, int Remaining, long Window, long Ends);

/// <summary>
/// The callers of one rule that this node has seen in the present window: 16 bytes each, without references, so that a million of them cost the
/// collector nothing. Windows are fixed, and begin at other times for other callers, so that not all come back at the same instant. Two callers are
/// counted as one with a chance of about 1 in 4,000 million times the callers of a stripe.
/// </summary>
/// <param name="max">Permits a window.</param>
/// <param name="length">The length of a window in milliseconds.</param>
public sealed class CountTable(int max, long length)
{
    /// <summary>Parts of the table, each with a lock and a beginning of its windows of its own.</summary>
    public const int Stripes = 1_024;

    private const int SpentMark = -1;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new Stripe())];

    /// <summary>Callers that were seen in their present windows, or in the last ones where nobody has come since.</summary>
    public int Callers => _stripes.Sum(stripe => stripe.Callers);

    /// <summary>Places for callers, 16 bytes each.</summary>
    public int Places => _stripes.Sum(stripe => stripe.Places);

    /// <summary>Takes a permit, if this node has one.</summary>
    /// <param name="key">The caller.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    /// <param name="unasked">What this node gives out in a window before it asks the owner.</param>
    public Count Take(CallerKey key, long now, int unasked)
    {
        var place = key.PlaceOf(Stripes);
        var stripe = _stripes[place];
        lock (stripe)
        {
            Turn(stripe, place, now);
            ref var slot = ref stripe.Of(key.Tag, unasked);
            var verdict = slot.Granted == SpentMark ? Verdict.Spent : slot.Used >= slot.Granted ? Verdict.Lacking : Verdict.Taken;
            slot.Used += verdict == Verdict.Taken ? 1 : 0;
            var remaining = verdict == Verdict.Taken ? Math.Max(0, max - slot.Others - slot.Used) : 0;
            return new Count(verdict, slot.Used, remaining, stripe.Window, EndOf(stripe.Window, place));
        }
    }

    /// <summary>The owner says what this node may give out.</summary>
    /// <param name="key">The caller.</param>
    /// <param name="window">The window that this holds for; nothing happens when it is over.</param>
    /// <param name="granted">Permits that this node may give out, with those it has given out.</param>
    /// <param name="others">Permits that other nodes have.</param>
    /// <param name="spent">Whether all are given out.</param>
    public void Grant(CallerKey key, long window, int granted, int others, bool spent)
    {
        var stripe = _stripes[key.PlaceOf(Stripes)];
        lock (stripe)
        {
            if (stripe.Window == window)
            {
                ref var slot = ref stripe.Of(key.Tag, 0);
                slot.Granted = spent ? SpentMark : granted;
                slot.Others = others;
            }
        }
    }

    /// <summary>Without an owner this node gives out its part.</summary>
    public void GrantAtLeast(CallerKey key, long window, int part)
    {
        var stripe = _stripes[key.PlaceOf(Stripes)];
        lock (stripe)
        {
            if (stripe.Window == window)
            {
                ref var slot = ref stripe.Of(key.Tag, 0);
                slot.Granted = slot.Granted == SpentMark ? SpentMark : Math.Max(slot.Granted, part);
            }
        }
    }

    /// <summary>Gives out no more until the owner grants more.</summary>
    /// <returns>Permits that this node has given out in that window.</returns>
    public int Freeze(CallerKey key, long window, long now)
    {
        var place = key.PlaceOf(Stripes);
        var stripe = _stripes[place];
        lock (stripe)
        {
            Turn(stripe, place, now);
            if (window == stripe.Window + 1)
            {
                // The clock of another node is a little ahead: this one follows, else it would give out what nobody knows of.
                stripe.TurnTo(window);
            }

            if (window != stripe.Window)
            {
                return 0;
            }

            ref var slot = ref stripe.Of(key.Tag, 0);
            slot.Granted = slot.Granted == SpentMark ? SpentMark : slot.Used;
            return slot.Used;
        }
    }

    private void Turn(Stripe stripe, int place, long now)
    {
        var window = (now + Shift(place)) / length;
        if (window > stripe.Window)
        {
            stripe.TurnTo(window);
        }
    }

    private long EndOf(long window, int place) => (window + 1) * length - Shift(place);

    private long Shift(int place) => length * place / Stripes;

    private struct Slot
    {
        public uint Tag;
        public int Used;
        public int Granted;
        public int Others;
    }

    /// <summary>Open addressing with linear probing; the next window begins with an empty one.</summary>
    private sealed class Stripe
    {
        private const int Least = 8;

        private Slot[] _slots = [];

        public long Window { get; private set; } = -1;

        public int Callers { get; private set; }

        public int Places => _slots.Length;

        public void TurnTo(long window)
        {
            if (_slots.Length > Least && Callers * 8 < _slots.Length)
            {
                _slots = new Slot[_slots.Length / 2];
            }
            else
            {
                Array.Clear(_slots);
            }

            (Window, Callers) = (window, 0);
        }

        public ref Slot Of(uint hash, int granted)
        {
            // 0 marks an empty slot.
            var tag = hash == 0 ? 1 : hash;
            if ((Callers + 1) * 4 > _slots.Length * 3)
            {
                Grow();
            }

            ref var slot = ref Find(_slots, tag);
            if (slot.Tag == 0)
            {
                slot.Tag = tag;
                slot.Granted = granted;
                Callers++;
            }

            return ref slot;
        }

        private static ref Slot Find(Slot[] slots, uint tag)
        {
            var mask = slots.Length - 1;
            for (var at = (int)tag & mask; ; at = (at + 1) & mask)
            {
                if (slots[at].Tag == tag || slots[at].Tag == 0)
                {
                    return ref slots[at];
                }
            }
        }

        private void Grow()
        {
            var larger = new Slot[Math.Max(Least, _slots.Length * 2)];
            foreach (var slot in _slots)
            {
                if (slot.Tag != 0)
                {
                    Find(larger, slot.Tag) = slot;
                }
            }

            _slots = larger;
        }
    }
}
