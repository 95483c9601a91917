using System.Globalization;
using WildNOut.Actors.Users.Leaderboards;

namespace WildNOut.Benchmarks.People;

/// <summary>Made-up people, by number from 1, and what their points come to. Ids are scattered, as those of an identity provider are.</summary>
internal sealed class Crowd(int people, DateTimeOffset now)
{
    /// <summary>How many.</summary>
    public int Count => people;

    /// <summary>The last instant of the ledger.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The running hour.</summary>
    public long Hour { get; } = Boards.HourOf(now);

    /// <summary>How each stands.</summary>
    public Standing[] Standings { get; } = new Standing[people + 1];

    /// <summary>The id of a person.</summary>
    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"seed-{Scatter(number):x8}");

    /// <summary>The name of a person.</summary>
    public static string Username(int number) => string.Create(CultureInfo.InvariantCulture, $"fan_{Scatter(number):x8}");

    /// <summary>An odd factor maps 32 bits onto 32 bits one to one.</summary>
    private static uint Scatter(int number) => unchecked((uint)number * 2_654_435_761);
}

/// <summary>How a made-up person stands. Instants are unix milliseconds.</summary>
internal struct Standing
{
    public long Balance;
    public long ChangedAt;
    public long CreditedAt;
    public long Day;
    public long Week;
    public long Month;
    public int Entries;
    public int Wins;
    public int Battles;
    public int Votes;
    public int Contents;
}
