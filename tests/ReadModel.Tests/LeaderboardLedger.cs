using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Leaderboards;

namespace WildNOut.ReadModel.Tests;

/// <summary>
/// Users' points as they happen, and the boards added up anew from every single change: what a board must be, without buckets, blocks or marks.
/// </summary>
internal sealed class LeaderboardLedger
{
    private readonly List<(string UserId, long Amount, DateTimeOffset At)> _changes = [];
    private readonly Dictionary<string, (long Joined, string Username, DateTimeOffset Last)> _users = new(StringComparer.Ordinal);
    private long _joined;

    /// <summary>Those who have an account.</summary>
    public IReadOnlyCollection<string> Users => _users.Keys;

    /// <summary>What happens when a user earns, or spends when the amount is below zero and there is as much; a newcomer joins first.</summary>
    public IEnumerable<IUserEvent> Change(string userId, long amount, DateTimeOffset at)
    {
        foreach (var e in Join(userId, at))
        {
            yield return e;
        }

        var (joined, username, last) = _users[userId];
        at = at < last ? last : at;
        var balance = Balance(userId) + amount;
        if (amount == 0 || balance < 0)
        {
            yield break;
        }

        _users[userId] = (joined, username, at);
        _changes.Add((userId, amount, at));
        yield return amount > 0
            ? new PointsAwarded(userId, amount, "a reason", "a source", $"c{_changes.Count}", balance, at)
            : new PointsDeducted(userId, -amount, "a reason", "a source", $"c{_changes.Count}", balance, at);
    }

    /// <summary>A user has another name.</summary>
    public IEnumerable<IUserEvent> Rename(string userId, string username, DateTimeOffset at)
    {
        if (_users.TryGetValue(userId, out var user))
        {
            _users[userId] = user with { Username = username };
            yield return new UsernameSet(userId, username, 2, user.Username, 1, 2, at);
        }
    }

    /// <summary>A user gives the account up; should they come again, they begin anew.</summary>
    public IEnumerable<IUserEvent> Delete(string userId, DateTimeOffset at)
    {
        if (_users.Remove(userId))
        {
            _changes.RemoveAll(change => change.UserId == userId);
            yield return new UserDeleted(userId, "name", 1, "somebody", at);
        }
    }

    /// <summary>A board, given the hour up to which its window has moved.</summary>
    public IReadOnlyList<LeaderboardItem> Board(Board board, long hour)
    {
        var ranked =
            from change in _changes
            where board == Actors.Users.Leaderboards.Board.All || (change.Amount > 0 && Boards.HourOf(change.At) > hour - board.Hours())
            group change by change.UserId into mine
            let points = mine.Sum(change => change.Amount)
            where points > 0
            orderby points descending, mine.Max(change => change.At), _users[mine.Key].Joined
            select (UserId: mine.Key, Points: points);
        return [.. ranked.Select((one, index) =>
            new LeaderboardItem(index + 1, one.UserId, _users[one.UserId].Username, null, null, one.Points, Levels.Of(Balance(one.UserId))))];
    }

    private IEnumerable<IUserEvent> Join(string userId, DateTimeOffset at)
    {
        if (!_users.ContainsKey(userId))
        {
            _users[userId] = (_joined++, "name_of_" + userId, at);
            yield return new UserJoined(userId, "name_of_" + userId, 1, at);
        }
    }

    private long Balance(string userId) => _changes.Where(change => change.UserId == userId).Sum(change => change.Amount);
}
