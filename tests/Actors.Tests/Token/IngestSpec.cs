using WildNOut.Actors.Token;
using Xunit;
using static WildNOut.Actors.Tests.Token.Chain;

namespace WildNOut.Actors.Tests.Token;

/// <summary>What a feed says of the one who reads the chain for it.</summary>
public sealed class IngestSpec
{
    private readonly FeedDefinition _feed = new();
    private FeedState _state = new FeedDefinition().Empty(Mint);

    [Fact]
    public void A_feed_of_which_nobody_told_says_what_it_holds_itself()
    {
        Take(12);
        Assert.Equal(new IngestView(Mint, null, null, null, 12, null, null, null, null, null, null, null), View(Now));
    }

    [Fact]
    public void Slots_behind_and_ages_are_counted_when_somebody_asks()
    {
        Tell("one", 0, newest: 20, progress: 0, failure: "down");
        Take(12);

        var view = View(Now.AddSeconds(7.25));

        Assert.Equal(("one", 12ul, 20ul, 8ul), (view.Reader, view.Tip, view.Newest, view.Behind));
        Assert.Equal((7.2, 7.2, "down", Now), (view.ReportAge, view.ProgressAge, view.LastFailure, view.LastFailureAt));
    }

    [Fact]
    public void A_tip_beyond_what_the_reader_heard_of_is_not_behind()
    {
        Tell("one", 0, newest: 10, progress: 0);
        Take(12);
        Assert.Equal(0ul, View(Now).Behind);
    }

    [Fact]
    public void Whoever_takes_over_inherits_the_age_of_the_progress_until_it_makes_its_own()
    {
        Tell("one", 0, newest: 20, progress: 0, failure: "down");
        Tell("two", 5);
        var view = View(Now.AddSeconds(6));
        Assert.Equal(("two", 1.0, 6.0, 20ul, "down"), (view.Reader, view.ReportAge, view.ProgressAge, view.Newest, view.LastFailure));

        Tell("two", 7, newest: 30, progress: 7);
        Assert.Equal((0.0, 30ul), (View(Now.AddSeconds(7)).ProgressAge, View(Now).Newest));
    }

    [Fact]
    public void A_report_that_comes_late_and_one_of_another_token_change_nothing()
    {
        Tell("two", 5, newest: 20, progress: 5);
        Tell("one", 4, newest: 19, progress: 4);
        _state = _feed.Observe(_state, new IngestObserved("other", "three", Now.AddSeconds(9), 90, null, null, null));
        Assert.Equal(("two", 20ul), (View(Now).Reader, View(Now).Newest));
    }

    [Fact]
    public void A_feed_that_was_loaded_anew_has_heard_nothing()
    {
        Tell("one", 0, newest: 20, progress: 0);
        Take(12);
        _state = _feed.Thaw(Mint, _feed.Freeze(_state));
        Assert.Equal((null, 12ul), (View(Now).Reader, View(Now).Tip));
    }

    private IngestView View(DateTimeOffset now) => Assert.IsType<IngestView>(_feed.Answer(_state, new GetIngest(Mint), now));

    private void Take(ulong slot) => _state = _feed.Evolve(_state, Recorded(Id(slot), 1, Block(slot, Move("s1"))));

    private void Tell(string reader, int second, ulong? newest = null, int? progress = null, string? failure = null) => _state = _feed.Observe(
        _state,
        new IngestObserved(
            Mint, reader, Now.AddSeconds(second), newest, progress is { } at ? Now.AddSeconds(at) : null, failure, failure is null ? null : Now.AddSeconds(second)));
}
