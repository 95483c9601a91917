using System.Collections.Immutable;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users.Achievements;

namespace WildNOut.Actors.Users;

/// <summary>A user in a snapshot.</summary>
/// <param name="Counted">What was counted, as <see cref="Causes.Of"/> keeps it, in rising order.</param>
/// <param name="VotePoints">Points for votes by day, the newest days.</param>
public sealed record UserSnapshot(
    DateTimeOffset? JoinedAt,
    DateTimeOffset? DeletedAt,
    HeldName? Name,
    IReadOnlyList<OwedName> Owed,
    string? Wish,
    Profile Profile,
    KnownIdentity? Identity,
    Role? Grant,
    long Balance,
    Counters Counters,
    IReadOnlyList<EarnedAchievement> Earned,
    IReadOnlyList<ulong> Counted,
    IReadOnlyList<DayPoints> VotePoints,
    DateTimeOffset LastAt) : ISnapshot
{
    /// <summary>The snapshot of a state.</summary>
    public static UserSnapshot Of(UserState state) => new(
        state.JoinedAt, state.DeletedAt, state.Name, state.Owed, state.Wish, state.Profile, state.Identity, state.Grant, state.Balance, state.Counters,
        [.. state.Earned.Values.OrderBy(achievement => achievement.Id, StringComparer.Ordinal)],
        [.. state.Counted.Order()],
        [.. state.VotePoints.Select(day => new DayPoints(day.Key, day.Value))],
        state.LastAt);

    /// <summary>The state of this snapshot.</summary>
    public UserState ToState(string userId) => new(userId)
    {
        JoinedAt = JoinedAt,
        DeletedAt = DeletedAt,
        Name = Name,
        Owed = [.. Owed],
        Wish = Wish,
        Profile = Profile,
        Identity = Identity,
        Grant = Grant,
        Balance = Balance,
        Counters = Counters,
        Earned = Earned.ToImmutableDictionary(achievement => achievement.Id),
        Counted = [.. Counted],
        VotePoints = VotePoints.ToImmutableSortedDictionary(day => day.Day, day => day.Points),
        LastAt = LastAt,
    };
}

/// <summary>Points of one day.</summary>
/// <param name="Day">Days since 1970 (UTC).</param>
/// <param name="Points">How many.</param>
public sealed record DayPoints(int Day, long Points);
