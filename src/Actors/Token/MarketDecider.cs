using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>The rules of a market.</summary>
public static class MarketDecider
{
    /// <summary>Judges a command.</summary>
    public static Decision<IMarketEvent> Decide(MarketState state, IMarketCommand command, DateTimeOffset now) => command switch
    {
        RecordSample sample => Fault(state, sample, now) is { } fault ? Decision<IMarketEvent>.Reject(fault) : Take(state, sample, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A market does not know this command."),
    };

    private static Rejection? Fault(MarketState state, RecordSample sample, DateTimeOffset now) =>
        sample.Mint != state.Mint ? Rejection.Invalid("mint", "is the mint of another market")
        : sample.Price is { } price && MarketRules.Price(price.Value) is null ? Rejection.Invalid("price", "is no price that anybody should believe")
        : sample.Price is { Sources.Count: 0 } ? Rejection.Invalid("price", "has no source")
        : sample.Supply is { Decimals: < 0 or > 255 } ? Rejection.Invalid("supply", "must have 0 to 255 decimals")
        : sample.Price is { } old && now - old.At > MarketRules.StaleAfter ? Rejection.Conflict("stale_price", "The price is too old to be the present one.")
        : null;

    private static Decision<IMarketEvent> Take(MarketState state, RecordSample sample, DateTimeOffset now)
    {
        var events = new List<IMarketEvent>();
        if (sample.Supply is { } supply && supply != state.Supply)
        {
            Happens(new SupplyChanged(state.Mint, supply, now));
        }

        if (sample.Price is { } price)
        {
            Happens(Priced(state.Mint, price, sample.Configured, now));
            foreach (var milestone in Reached(state))
            {
                Happens(new MilestoneReached(state.Mint, milestone, state.Row[^1], state.Latest!.Price, now));
            }
        }

        return events.Count == 0 ? Decision<IMarketEvent>.Answer(new SampleTaken(state.MarketCap)) : Decision<IMarketEvent>.Accept(events);

        void Happens(IMarketEvent happened)
        {
            events.Add(happened);
            state = state.Evolve(happened);
        }
    }

    private static PriceRecorded Priced(string mint, AgreedPrice price, int configured, DateTimeOffset now) => new(
        mint,
        MarketRules.Price(price.Value)!.Value,
        price.At < now ? price.At : now,
        price.From,
        price.Sources,
        price.Sources.Count >= Math.Min(configured, MarketRules.SourcesForMilestone),
        now);

    /// <summary>Milestones that all samples in a row are at or above and that were never reached before, ascending.</summary>
    private static long[] Reached(MarketState state) => state.Row.Length < MarketRules.SamplesForMilestone
        ? []
        : [.. MarketRules.Milestones.Where(milestone => milestone <= state.Row.Min() && state.Milestones.All(reached => reached.Milestone != milestone))];
}
