namespace WildNOut.Actors.Identity;

/// <summary>The sessions that ended before their tokens did, as long as such a token may be about. It changes in place.</summary>
public sealed class SignOutsState
{
    /// <summary>How long a sign-out is kept: longer than any token of a session holds.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(25);

    /// <summary>The most sign-outs of one answer.</summary>
    public const int PageSize = 1_000;

    private readonly List<SignedOut> _items = [];
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <summary>An empty list.</summary>
    public SignOutsState()
    {
    }

    /// <summary>The list of a snapshot.</summary>
    public SignOutsState(SignOutsSnapshot snapshot)
    {
        foreach (var item in snapshot.Items)
        {
            Add(item);
        }

        Latest = snapshot.Latest;
    }

    /// <summary>The newest number; 0 before the first.</summary>
    public long Latest { get; private set; }

    /// <summary>How many are kept.</summary>
    public int Count => _items.Count;

    /// <summary>The number of a session; null when it is not on the list.</summary>
    public long? Find(string sessionId) => _numbers.TryGetValue(sessionId, out var number) ? number : null;

    /// <summary>The next sign-outs after a number that still matter at an instant.</summary>
    public SignOuts After(long number, DateTimeOffset now)
    {
        var start = _items.Count == 0 ? 0 : (int)Math.Clamp(number - _items[0].Number + 1, 0, _items.Count);
        return new SignOuts([.. _items.Skip(start).SkipWhile(item => item.At + Kept <= now).Take(PageSize)], Latest);
    }

    /// <summary>The list after an event.</summary>
    public SignOutsState Evolve(ISignOutsEvent @event)
    {
        switch (@event)
        {
            case SignedOut signedOut:
                Add(signedOut);
                Forget(signedOut.At);
                return this;
            default:
                throw new ArgumentOutOfRangeException(nameof(@event), @event, "The list of sign-outs does not know this event.");
        }
    }

    /// <summary>The list in the form a snapshot keeps.</summary>
    public SignOutsSnapshot Freeze() => new([.. _items], Latest);

    private void Add(SignedOut item)
    {
        _items.Add(item);
        _numbers[item.SessionId] = item.Number;
        Latest = item.Number;
    }

    /// <summary>Drops what is old once it is half of all, so that each is moved about once.</summary>
    private void Forget(DateTimeOffset now)
    {
        var half = _items[_items.Count / 2];
        if (half.At + Kept > now)
        {
            return;
        }

        var old = _items.FindIndex(item => item.At + Kept > now);
        foreach (var item in _items.Take(old).Where(item => _numbers[item.SessionId] == item.Number))
        {
            _numbers.Remove(item.SessionId);
        }

        _items.RemoveRange(0, old);
    }
}
