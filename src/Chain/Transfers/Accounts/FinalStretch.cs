namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>
/// A stretch of the finalized chain while it is gathered from histories: what is still to be read, what was found, and what of that is read. When more is found than fits, the
/// newest is let go and the stretch ends before it.
/// </summary>
/// <param name="after">The slot before the stretch.</param>
/// <param name="listed">The last slot of the stretch: the one that the list of accounts holds for.</param>
/// <param name="knows">Whether no account is unknown that was there before it.</param>
/// <param name="most">Transactions that are kept at the most.</param>
internal sealed class FinalStretch(ulong after, ulong listed, bool knows, int most = FinalStretch.Most)
{
    /// <summary>Transactions that are kept at the most, unless told otherwise.</summary>
    public const int Most = 50_000;

    private static readonly Comparer<(ulong Slot, string Signature)> InOrder = Comparer<(ulong Slot, string Signature)>.Create(
        (one, other) => one.Slot != other.Slot ? one.Slot.CompareTo(other.Slot) : string.CompareOrdinal(one.Signature, other.Signature));

    private readonly SortedSet<(ulong Slot, string Signature)> _found = new(InOrder);
    private readonly Dictionary<string, LandedTransaction> _landed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _addresses = [];
    private readonly ulong _listed = listed;
    private int _read;

    /// <summary>The slot before what is left of the stretch.</summary>
    public ulong After { get; private set; } = after;

    /// <summary>The last slot.</summary>
    public ulong Upto { get; private set; } = listed;

    /// <summary>Whether no account is unknown that was there before what is left of it.</summary>
    public bool Knows { get; private set; } = knows;

    /// <summary>
    /// The slot at which no account is unknown once the feed has all of the stretch: what was there at the slot of the list is in it, and what is made later names the mint. Null when some may be unknown,
    /// since the stretch ended before the list does.
    /// </summary>
    public ulong? KnownAtEnd => Knows || Upto == _listed ? Upto : null;

    /// <summary>Whether all histories are read.</summary>
    public bool IsGathered => _read == _addresses.Count;

    /// <summary>Adds addresses whose histories belong to it; those that are known are passed over.</summary>
    public void Ask(IEnumerable<string> addresses) => _addresses.AddRange(addresses.Where(_known.Add));

    /// <summary>The next addresses to read.</summary>
    public IReadOnlyList<string> Unread(int most) => _addresses.GetRange(_read, Math.Min(most, _addresses.Count - _read));

    /// <summary>The histories of so many of the next addresses are read.</summary>
    public void Read(int addresses) => _read += addresses;

    /// <summary>Takes a line of a history.</summary>
    public void Find(ulong slot, string signature)
    {
        if (slot <= After || slot > Upto || !_found.Add((slot, signature)) || _found.Count <= most || _found.Max.Slot == _found.Min.Slot)
        {
            return;
        }

        Upto = _found.Max.Slot - 1;
        foreach (var line in _found.Reverse().TakeWhile(line => line.Slot > Upto).ToList())
        {
            _found.Remove(line);
            _landed.Remove(line.Signature);
        }
    }

    /// <summary>Takes what a transaction turned out to be, and where it truly landed.</summary>
    public void Land(LandedTransaction transaction)
    {
        _landed[transaction.Signature] = transaction;
        Find(transaction.Slot, transaction.Signature);
    }

    /// <summary>The first part that goes into one message: whole slots.</summary>
    /// <param name="most">Transactions after which no further slot is begun.</param>
    public (ulong Upto, IReadOnlyList<(ulong Slot, string Signature)> Lines) First(int most)
    {
        List<(ulong Slot, string Signature)> lines = [];
        foreach (var line in _found)
        {
            if (lines.Count >= most && line.Slot != lines[^1].Slot)
            {
                return (lines[^1].Slot, lines);
            }

            lines.Add(line);
        }

        return (Upto, lines);
    }

    /// <summary>The first lines whose transactions are not read.</summary>
    public IReadOnlyList<(ulong Slot, string Signature)> NotLanded(int most) => [.. _found.Where(line => !_landed.ContainsKey(line.Signature)).Take(most)];

    /// <summary>What a transaction turned out to be; null while it is not read.</summary>
    public LandedTransaction? Landed(string signature) => _landed.GetValueOrDefault(signature);

    /// <summary>The feed is final up to a slot; false when nothing of this stretch is left to say then.</summary>
    public bool MoveTo(ulong slot)
    {
        if (slot == After)
        {
            return true;
        }

        // What somebody else told goes by unread, and with it accounts that were made there.
        Knows &= IsGathered && _found.TakeWhile(line => line.Slot <= slot).All(line => _landed.ContainsKey(line.Signature));
        if (slot < After || slot >= Upto)
        {
            return false;
        }

        After = slot;
        _found.RemoveWhere(line => line.Slot <= slot);
        foreach (var told in _landed.Values.Where(transaction => transaction.Slot <= slot).ToList())
        {
            _landed.Remove(told.Signature);
        }

        return true;
    }
}
