using WildNOut.Actors.Token;
using WildNOut.Chain.Prices;

namespace WildNOut.Chain.Tests.Prices;

/// <summary>What a sample says of the feeds.</summary>
public sealed class MarketSamplerSpec
{
    private readonly StillClock _clock = new();
    private readonly MarketSampler _sampler;

    public MarketSamplerSpec() => _sampler = new MarketSampler("mint", ["one", "two"], new ConsensusRules(), _clock);

    [Fact]
    public void A_feed_that_is_well_again_still_tells_its_last_failure_and_when_it_was()
    {
        var reading = new PriceReading(1m, _clock.Now);
        Take(new FeedObservation("one", reading));
        Assert.Null(Sample("one").LastFailure);

        var failed = new FeedObservation("one", reading, "The feed answered 500.");
        var then = _clock.Now;
        Take(failed);
        _clock.Now += TimeSpan.FromSeconds(10);
        // Not asked again yet: the same as before.
        Take(failed);
        Assert.Equal(("The feed answered 500.", then), (Sample("one").LastFailure, Sample("one").LastFailureAt));

        Take(new FeedObservation("one", new PriceReading(1m, _clock.Now)));
        Assert.Equal((null, "The feed answered 500.", then), (Sample("one").Refusal, Sample("one").LastFailure, Sample("one").LastFailureAt));
        Assert.Null(Sample("two").LastFailure);
    }

    [Fact]
    public void The_same_failure_again_is_a_newer_one()
    {
        Take(new FeedObservation("one", null, "The feed answered 500."));
        _clock.Now += TimeSpan.FromSeconds(10);
        Take(new FeedObservation("one", null, "The feed answered 500."));
        Assert.Equal(_clock.Now, Sample("one").LastFailureAt);
    }

    private void Take(FeedObservation observation) => Assert.Empty(_sampler.Take(new MarketInput.Token(observation)));

    private SourceReport Sample(string source) => Assert.Single(_sampler.Take(MarketInput.Due.Instance)).Observed.Sources.Single(report => report.Source == source);
}
