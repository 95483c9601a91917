using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>How far a history of prices reaches back, and so how wide its candles are.</summary>
[JsonConverter(typeof(WireEnumConverter<Timeframe>))]
public enum Timeframe
{
    /// <summary>24 hours in candles of five minutes.</summary>
    Day,

    /// <summary>Seven days in candles of an hour.</summary>
    Week,

    /// <summary>30 days in candles of four hours.</summary>
    Month,

    /// <summary>365 days in candles of a day.</summary>
    Year,
}

/// <summary>The widths of candles; all begin at multiples of their width since 1970, in UTC.</summary>
public static class CandleWidths
{
    /// <summary>All of them, narrowest first.</summary>
    public static readonly IReadOnlyList<TimeSpan> All = [.. Enum.GetValues<Timeframe>().Select(Width)];

    /// <summary>How wide the candles of a history are.</summary>
    public static TimeSpan Width(this Timeframe timeframe) => timeframe switch
    {
        Timeframe.Day => TimeSpan.FromMinutes(5),
        Timeframe.Week => TimeSpan.FromHours(1),
        Timeframe.Month => TimeSpan.FromHours(4),
        _ => TimeSpan.FromDays(1),
    };

    /// <summary>How many candles a history has at most, the unfinished one included.</summary>
    public static int Count(this Timeframe timeframe) => timeframe switch
    {
        Timeframe.Day => 288,
        Timeframe.Week => 168,
        Timeframe.Month => 180,
        _ => 365,
    };

    /// <summary>When the candle that holds an instant begins.</summary>
    public static DateTimeOffset Start(DateTimeOffset instant, TimeSpan width)
    {
        var milliseconds = instant.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds - milliseconds % (long)width.TotalMilliseconds);
    }
}
