using System.Globalization;

namespace WildNOut.Actors.Token;

/// <summary>The figures of a market, and how they are computed: exactly, and never a zero for what is unknown.</summary>
public static class MarketRules
{
    /// <summary>Market caps in USD that are reported when they are first reached, ascending.</summary>
    public static readonly IReadOnlyList<long> Milestones = [10_000_000, 50_000_000, 100_000_000, 200_000_000, 500_000_000];

    /// <summary>How many samples in a row must be at or above a milestone.</summary>
    public const int SamplesForMilestone = 3;

    /// <summary>How many sources must agree in each of them, where as many are configured.</summary>
    public const int SourcesForMilestone = 2;

    /// <summary>From this age on a price is stale; samples that lie further apart are not in a row.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(2);

    /// <summary>Digits after the point that a price keeps.</summary>
    public const int PriceDigits = 18;

    /// <summary>The highest price of a whole token in USD that is believed: with it the cap of the largest supply still fits a decimal.</summary>
    public const decimal HighestPrice = 1_000_000m;

    /// <summary>The lowest price that is believed.</summary>
    public const decimal LowestPrice = 0.000000000000000001m;

    private const decimal One = 1.0000000000000000000000000000m;
    private const int DecimalDigits = 28;

    /// <summary>The price to <see cref="PriceDigits"/> digits; null when nobody should believe it.</summary>
    public static decimal? Price(decimal value) =>
        value is > 0 and <= HighestPrice && Math.Round(value, PriceDigits) is >= LowestPrice and var price ? Normal(price) : null;

    /// <summary>Base units as whole tokens; digits beyond the 28th are lost.</summary>
    /// <param name="units">Base units.</param>
    /// <param name="decimals">0 to 255.</param>
    public static decimal WholeTokens(ulong units, int decimals)
    {
        decimal whole = units;
        for (var left = decimals; left > 0 && whole > 0; left -= DecimalDigits)
        {
            whole /= PowerOfTen(Math.Min(left, DecimalDigits));
        }

        return Normal(whole);
    }

    /// <summary>Whole tokens for people, such as <c>1250.5</c>.</summary>
    public static string Display(ulong units, int decimals) => WholeTokens(units, decimals).ToString(CultureInfo.InvariantCulture);

    /// <summary>Supply × price, in USD; at most 1.9e25, so it never overflows.</summary>
    public static decimal MarketCap(TokenSupply supply, decimal price) => Normal(WholeTokens(supply.Amount, supply.Decimals) * price);

    /// <summary>The change in percent, to four digits.</summary>
    public static decimal Change(decimal before, decimal now) => Normal(Math.Round((now - before) / before * 100, 4));

    /// <summary>The same value without zeros at its end.</summary>
    public static decimal Normal(decimal value) => value / One;

    private static decimal PowerOfTen(int power)
    {
        var result = 1m;
        for (var i = 0; i < power; i++)
        {
            result *= 10;
        }

        return result;
    }
}
