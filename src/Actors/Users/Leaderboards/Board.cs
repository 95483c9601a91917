using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>The boards that people are ranked on; on the wire <c>timeframe</c>.</summary>
[JsonConverter(typeof(WireEnumConverter<Board>))]
public enum Board
{
    /// <summary>By the balance of points, so that a deduction counts.</summary>
    All,

    /// <summary>By the points that came in the running hour and the 23 before it.</summary>
    Day,

    /// <summary>By the points that came in the running hour and the 167 before it.</summary>
    Week,

    /// <summary>By the points that came in the running hour and the 719 before it.</summary>
    Month,
}

/// <summary>Facts about boards. Hours are counted since 1970 in UTC and begin on the hour.</summary>
public static class Boards
{
    private const long Hour = 3_600_000;

    /// <summary>Every board.</summary>
    public static readonly IReadOnlyList<Board> All = Enum.GetValues<Board>();

    /// <summary>Those that see a window of time, the narrowest first.</summary>
    public static readonly IReadOnlyList<Board> Rolling = [Board.Day, Board.Week, Board.Month];

    /// <summary>How many hours the window of a board has, the running one included.</summary>
    public static int Hours(this Board board) => board switch
    {
        Board.Day => 24,
        Board.Week => 7 * 24,
        Board.Month => 30 * 24,
        _ => throw new ArgumentOutOfRangeException(nameof(board), board, "This board has no window."),
    };

    /// <summary>The hour of an instant.</summary>
    public static long HourOf(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / Hour;
}
