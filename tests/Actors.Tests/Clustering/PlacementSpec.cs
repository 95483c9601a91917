using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using Xunit;

namespace WildNOut.Actors.Tests.Clustering;

/// <summary>
/// Where things lie. Journals and running clusters depend on these values: a change that breaks a line here would let people vote twice
/// or split an entity over two nodes during a rolling update.
/// </summary>
public sealed class PlacementSpec
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("a", 0)]
    [InlineData("user-1", 7)]
    [InlineData("user_2abcDEF", 5)]
    [InlineData("01930000-0000-7000-8000-000000000001", 4)]
    [InlineData("ünïcödé 🎤", 5)]
    public void A_voter_belongs_to_this_box_of_eight(string voter, int box) => Assert.Equal(box, BallotBoxes.BoxOf(voter, 8));

    [Theory]
    [InlineData("01930000-0000-7000-8000-000000000001", "37")]
    [InlineData("01930000-0000-7000-8000-000000000002", "59")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", "57")]
    public void A_battle_belongs_to_this_shard(string battle, string shard) => Assert.Equal(shard, Extractor("battle").ShardId(battle));

    [Fact]
    public void Every_box_is_a_shard_of_its_own() =>
        Assert.Equal(["0", "1", "7"], new[] { "0", "1", "7" }.Select(box => Extractor("ballot-box").ShardId(box)));

    [Fact]
    public void Voters_spread_evenly_over_the_boxes()
    {
        var counts = Enumerable.Range(0, 80_000).GroupBy(number => BallotBoxes.BoxOf($"user-{number}", 8)).Select(group => group.Count()).ToList();
        Assert.Equal(8, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, 9_000, 11_000));
    }

    [Fact]
    public void Every_box_lies_within_range_whatever_the_number_of_boxes()
    {
        for (var boxes = 1; boxes <= 64; boxes++)
        {
            Assert.All(Enumerable.Range(0, 200), number => Assert.InRange(BallotBoxes.BoxOf($"user-{number}", boxes), 0, boxes - 1));
        }
    }

    [Fact]
    public void Addresses_and_persistence_ids_have_this_form()
    {
        var battle = BallotBoxes.AddressOf(Guid.Parse("01930000-ABCD-7000-8000-000000000001"));
        Assert.Equal("battle:01930000-abcd-7000-8000-000000000001", battle.PersistenceId);
        Assert.Equal("ballot-box:3", BallotBoxes.AddressOf(3).PersistenceId);
    }

    [Fact]
    public void The_extractor_takes_envelopes_and_gives_them_whole_to_the_entity()
    {
        var extractor = Extractor("battle");
        var envelope = new Envelope("01930000-0000-7000-8000-000000000001", new GetBattle(), "command");
        Assert.Equal(envelope.EntityId, extractor.EntityId(envelope));
        Assert.Same(envelope, extractor.EntityMessage(envelope));
        Assert.Null(extractor.EntityId(new GetBattle()));
    }

    private static EnvelopeExtractor Extractor(string region) =>
        new(ActorsSetup.Capabilities(ClusterNode.Options).SelectMany(capability => capability.Regions).Single(candidate => candidate.Name == region));
}
