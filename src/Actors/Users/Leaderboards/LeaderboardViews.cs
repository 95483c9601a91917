using System.ComponentModel;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>Somebody on a board.</summary>
public sealed record LeaderboardItem(
    [property: Description("From 1, without gaps; of equals the one who got there first is ahead.")] long Rank,
    string UserId,
    string Username,
    string? DisplayName,
    string? AvatarUrl,
    [property: Description("The balance on the board of all time; on the others what came in the window.")] long Points,
    [property: Description("By the balance.")] long Level);

/// <summary>A page of a board.</summary>
public sealed record LeaderboardPage(
    Board Timeframe,
    [property: Description("In the order of ranks.")] IReadOnlyList<LeaderboardItem> Items,
    string? NextCursor) : IPage;

/// <summary>Where one person stands.</summary>
public sealed record LeaderboardStanding(
    Board Timeframe,
    [property: Description("Null for who has no points on this board.")] long? Rank,
    long Points,
    [property: Description("Oneself and those around, at most five ahead and five behind, in the order of ranks; none without a rank.")]
    IReadOnlyList<LeaderboardItem> Items);
