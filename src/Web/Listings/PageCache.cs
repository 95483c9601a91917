using System.Collections.Concurrent;

namespace WildNOut.Web.Listings;

/// <summary>A page of a list as it goes out.</summary>
/// <param name="Body">The JSON.</param>
/// <param name="Link">The header that leads to the next page; null on the last.</param>
public sealed record RenderedPage(byte[] Body, string? Link);

/// <summary>
/// Pages of hot lists, kept for a moment: whatever the number of readers, a page is read from the database a few times a second, and by one
/// reader at a time. Bounded, and what is no longer served leaves with the next page that comes: pages of many cursors would be copied by the collector.
/// </summary>
public sealed class PageCache(TimeProvider clock)
{
    /// <summary>How long a page is served again; lists follow writes within a second, and this is part of it.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(200);

    private const int MostPages = 2_000;

    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <summary>What was filled, by time.</summary>
    private readonly ConcurrentQueue<KeyValuePair<string, Slot>> _filled = new();

    /// <summary>How many pages are kept, those on their way with them.</summary>
    public int Count => _slots.Count;

    /// <summary>The page under this key, loaded unless a fresh one is there or on its way.</summary>
    /// <param name="key">The normalised query.</param>
    /// <param name="bypass">Whether what is there must not be served, because the reader waited for newer rows.</param>
    /// <param name="load">Reads the page; its result is null when the query's cursor is damaged, which is not kept.</param>
    public Task<RenderedPage?> GetAsync(string key, bool bypass, Func<Task<RenderedPage?>> load)
    {
        if (!bypass && _slots.TryGetValue(key, out var slot) && slot.IsFresh(clock))
        {
            return slot.Page;
        }

        Sweep();
        var mine = new Slot(clock.GetTimestamp());
        var kept = bypass ? _slots[key] = mine : _slots.AddOrUpdate(key, static (_, own) => own.mine, static (_, there, own) => there.IsFresh(own.clock) ? there : own.mine, (mine, clock));
        return ReferenceEquals(kept, mine) ? LoadAsync(key, mine, load) : kept.Page;
    }

    private async Task<RenderedPage?> LoadAsync(string key, Slot slot, Func<Task<RenderedPage?>> load)
    {
        try
        {
            var page = await load();
            slot.Fill(page, clock.GetTimestamp());
            if (page is null)
            {
                _slots.TryRemove(new KeyValuePair<string, Slot>(key, slot));
            }
            else
            {
                _filled.Enqueue(new KeyValuePair<string, Slot>(key, slot));
            }

            return page;
        }
        catch (Exception failure)
        {
            // Everyone who waits for this page hears of the failure; the next one tries again.
            _slots.TryRemove(new KeyValuePair<string, Slot>(key, slot));
            slot.Break(failure);
            throw;
        }
    }

    /// <summary>Drops what is no longer served, and the oldest where there are too many. Of two sweeps at once each may drop one that is still fresh: it is loaded again.</summary>
    private void Sweep()
    {
        while (_filled.TryPeek(out var oldest) && (_filled.Count > MostPages || !oldest.Value.IsFresh(clock)) && _filled.TryDequeue(out oldest))
        {
            _slots.TryRemove(oldest);
        }
    }

    private sealed class Slot(long created)
    {
        private readonly TaskCompletionSource<RenderedPage?> _page = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _since = created;

        public Task<RenderedPage?> Page => _page.Task;

        /// <summary>A page on its way is fresh: that is the single flight.</summary>
        public bool IsFresh(TimeProvider clock) => !_page.Task.IsCompleted || clock.GetElapsedTime(Interlocked.Read(ref _since)) < Fresh;

        public void Fill(RenderedPage? page, long now)
        {
            Interlocked.Exchange(ref _since, now);
            _page.TrySetResult(page);
        }

        public void Break(Exception failure)
        {
            _page.TrySetException(failure);

            // Often nobody else waits; the failure has been thrown to the reader who loaded.
            _ = _page.Task.Exception;
        }
    }
}
