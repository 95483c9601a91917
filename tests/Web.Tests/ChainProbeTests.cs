using WildNOut.Actors.Token;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Tests;

/// <summary>When the feed is as it should be.</summary>
public sealed class ChainProbeTests
{
    private static readonly IngestView Well = new("mint", "akka.tcp://wildnout@127.0.0.1:8110", default(DateTimeOffset), 1, 900, 868, 902, 2, default(DateTimeOffset), 0.5, "down", default(DateTimeOffset));

    [Fact]
    public void A_feed_that_is_read_and_at_the_tip_is_well_whatever_failed_before() => Assert.Null(ChainProbe.Judge(Well));

    [Fact]
    public void A_few_slots_behind_and_some_seconds_of_silence_are_usual() =>
        Assert.Null(ChainProbe.Judge(Well with { Behind = ChainProbe.MostBehind, ReportAge = 9, ProgressAge = 29 }));

    [Fact]
    public void What_is_wrong_is_said_in_a_sentence_that_names_no_endpoint()
    {
        Assert.Equal("The feed of the token does not answer.", ChainProbe.Judge(null));
        Assert.Equal("Nobody has told yet that the chain is read.", ChainProbe.Judge(Well with { ReportAge = null }));
        Assert.Equal("Nobody reads the chain since 11 s.", ChainProbe.Judge(Well with { ReportAge = 11 }));
        Assert.Equal("The chain could not be read yet.", ChainProbe.Judge(Well with { ProgressAge = null }));
        Assert.Equal("The feed has not advanced for 31 s.", ChainProbe.Judge(Well with { ProgressAge = 31 }));
        Assert.Equal("The feed is 101 slots behind the chain and last advanced 45 s ago.", ChainProbe.Judge(Well with { Behind = 101, ProgressAge = 45 }));
    }
}
