using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace WildNOut.Web.Http;

/// <summary>A bounded map of facts that never change: two generations, and what is used moves into the younger one.</summary>
/// <param name="generation">The most facts of one generation.</param>
internal sealed class RecentMap<TKey, TValue>(int generation)
    where TKey : notnull
{
    private ConcurrentDictionary<TKey, TValue> _young = new();
    private ConcurrentDictionary<TKey, TValue> _old = new();
    private int _count;

    /// <summary>Finds a fact.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (_old.TryGetValue(key, out value))
        {
            Add(key, value);
            return true;
        }

        return false;
    }

    /// <summary>Finds a fact by the text of its key.</summary>
    public bool TryGet(ReadOnlySpan<char> key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out value))
        {
            return true;
        }

        if (_old.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var found, out value))
        {
            Add(found, value);
            return true;
        }

        return false;
    }

    /// <summary>Forgets a fact, unless somebody looks it up at this very moment.</summary>
    public void Remove(TKey key)
    {
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }

    /// <summary>Notes a fact.</summary>
    public void Add(TKey key, TValue value)
    {
        if (_young.TryAdd(key, value) && Interlocked.Increment(ref _count) >= generation)
        {
            Interlocked.Exchange(ref _count, 0);
            _old = Interlocked.Exchange(ref _young, new ConcurrentDictionary<TKey, TValue>());
        }
    }
}
