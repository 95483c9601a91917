using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using WildNOut.Web.Listings;

namespace WildNOut.Web.Tests;

public sealed class PageCacheTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly PageCache _cache;
    private int _loads;

    public PageCacheTests() => _cache = new PageCache(_clock);

    [Fact]
    public async Task A_page_is_served_again_while_it_is_fresh_and_loaded_anew_afterwards()
    {
        var first = await Get("a");
        _clock.Advance(PageCache.Fresh / 2);
        Assert.Same(first, await Get("a"));

        _clock.Advance(PageCache.Fresh);
        Assert.NotSame(first, await Get("a"));
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task Who_comes_while_a_page_is_loaded_waits_for_the_same_one()
    {
        var page = new TaskCompletionSource<RenderedPage?>();
        var one = _cache.GetAsync("a", bypass: false, () => page.Task);
        _clock.Advance(10 * PageCache.Fresh);
        var other = Get("a");
        page.SetResult(new RenderedPage([1], null));

        Assert.Same(await one, await other);
        Assert.Equal(0, _loads);
    }

    [Fact]
    public async Task Who_waited_for_newer_rows_gets_a_page_of_their_own_and_leaves_it_to_the_next()
    {
        var old = await Get("a");
        var mine = await Get("a", bypass: true);
        Assert.NotSame(old, mine);
        Assert.Same(mine, await Get("a"));
    }

    [Fact]
    public async Task Pages_that_are_no_longer_served_leave()
    {
        for (var i = 0; i < 50; i++)
        {
            await Get(i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(50, _cache.Count);
        _clock.Advance(PageCache.Fresh);
        await Get("another");
        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public async Task A_page_that_was_loaded_anew_does_not_leave_with_the_one_before()
    {
        await Get("a");
        _clock.Advance(PageCache.Fresh / 2);
        var newer = await Get("a", bypass: true);
        _clock.Advance(PageCache.Fresh / 2);
        await Get("b");
        Assert.Same(newer, await Get("a"));
    }

    [Fact]
    public async Task However_many_pages_come_at_once_the_oldest_make_room()
    {
        for (var i = 0; i < 5_000; i++)
        {
            await Get(i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.InRange(_cache.Count, 1_000, 2_002);
        await Get("4999");
        Assert.Equal(5_000, _loads);
    }

    [Fact]
    public async Task A_failure_and_a_damaged_cursor_are_not_kept()
    {
        await Assert.ThrowsAsync<IOException>(() => _cache.GetAsync("a", bypass: false, () => Task.FromException<RenderedPage?>(new IOException())));
        Assert.Null(await _cache.GetAsync("b", bypass: false, () => Task.FromResult<RenderedPage?>(null)));
        Assert.Equal(0, _cache.Count);
    }

    private Task<RenderedPage?> Get(string key, bool bypass = false) => _cache.GetAsync(key, bypass, () =>
    {
        _loads++;
        return Task.FromResult<RenderedPage?>(new RenderedPage([1], null));
    });
}
