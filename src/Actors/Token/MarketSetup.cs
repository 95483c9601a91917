using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Token;

/// <summary>The capability of the token's market: price, supply, market cap, milestones, candles.</summary>
public sealed class MarketSetup : Capability
{
    /// <summary>Where the market of a mint is.</summary>
    public static EntityAddress AddressOf(string mint) => new(Names.Regions.TokenMarket, mint);

    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions => [EntityRegion.Of(new MarketDefinition(), TimeSpan.FromHours(1))];

    /// <inheritdoc />
    public override IEnumerable<Projection> Projections => [new MarketProjection()];

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue)
    {
        var json = MarketJson.Default;
        catalogue
            .Add("market.record-sample.v1", json.RecordSample)
            .Add("market.price-recorded.v1", json.PriceRecorded)
            .Add("market.supply-changed.v1", json.SupplyChanged)
            .Add("market.milestone-reached.v1", json.MilestoneReached)
            .Add("market.sources-observed.v1", json.SourcesObserved)
            .Add("market.sample-taken.v1", json.SampleTaken)
            .Add("market.get.v1", json.GetMarket)
            .Add("market.view.v1", json.MarketView)
            .Add("market.snapshot.v1", json.MarketSnapshot);
    }
}
