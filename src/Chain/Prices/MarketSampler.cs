using WildNOut.Actors.Token;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Prices;

/// <summary>What comes in from the sources of the price stream.</summary>
internal abstract record MarketInput
{
    /// <summary>A feed said something of the token.</summary>
    public sealed record Token(FeedObservation Observation) : MarketInput;

    /// <summary>A feed said something of SOL.</summary>
    public sealed record Sol(FeedObservation Observation) : MarketInput;

    /// <summary>The chain told the supply.</summary>
    public sealed record Supply(TokenAmount Amount) : MarketInput;

    /// <summary>The read model told what moved in 24 hours; null where nobody counts.</summary>
    public sealed record Volume(decimal? Tokens) : MarketInput;

    /// <summary>It is time for a sample.</summary>
    public sealed record Due : MarketInput
    {
        /// <summary>The only one.</summary>
        public static readonly Due Instance = new();
    }
}

/// <summary>What the market of the token is told at one time.</summary>
/// <param name="Command">The figures to keep; null while there are none.</param>
/// <param name="Observed">What the sources say.</param>
internal sealed record MarketSample(RecordSample? Command, SourcesObserved Observed);

/// <summary>Gathers what the sources say, and makes a sample of it when one is due.</summary>
/// <param name="mint">The token.</param>
/// <param name="feeds">The names of the feeds that are asked for it.</param>
/// <param name="rules">Which readings are believed.</param>
/// <param name="clock">The present.</param>
internal sealed class MarketSampler(string mint, IReadOnlyList<string> feeds, ConsensusRules rules, TimeProvider clock)
{
    private readonly Dictionary<string, FeedObservation> _token = feeds.ToDictionary(name => name, name => new FeedObservation(name, null), StringComparer.Ordinal);
    private readonly Dictionary<string, (string Why, DateTimeOffset At)> _failures = new(StringComparer.Ordinal);
    private FeedObservation? _sol;
    private TokenSupply? _supply;
    private decimal? _volume;

    /// <summary>Takes an input in; gives a sample when one was due.</summary>
    public IEnumerable<MarketSample> Take(MarketInput input)
    {
        switch (input)
        {
            case MarketInput.Token token:
                Note(token.Observation);
                break;
            case MarketInput.Sol sol:
                _sol = sol.Observation;
                break;
            case MarketInput.Supply supply:
                _supply = new TokenSupply(supply.Amount.Amount, supply.Amount.Decimals);
                break;
            case MarketInput.Volume volume:
                _volume = volume.Tokens;
                break;
            case MarketInput.Due:
                yield return Sample();
                break;
        }
    }

    /// <summary>A feed that is well again still tells what was wrong with it.</summary>
    private void Note(FeedObservation observation)
    {
        // One that may not be asked now says the same as before, in the very same object.
        if (observation.Fault is { } fault && !ReferenceEquals(observation, _token[observation.Source]))
        {
            _failures[observation.Source] = (fault, clock.GetUtcNow());
        }

        _token[observation.Source] = observation;
    }

    private SourceReport Told(SourceReport report) =>
        _failures.TryGetValue(report.Source, out var failure) ? report with { LastFailure = failure.Why, LastFailureAt = failure.At } : report;

    private MarketSample Sample()
    {
        var now = clock.GetUtcNow();
        var (price, sources) = PriceConsensus.Of(_token.Values, rules, now);
        var sol = _sol is null ? null : PriceConsensus.Of([_sol], rules, now).Price;
        return new MarketSample(
            price is null && _supply is null ? null : new RecordSample(mint, price, _supply, feeds.Count),
            new SourcesObserved(mint, [.. sources.Select(Told)], _volume, sol?.Value));
    }
}
