using System.Text.Json;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using Xunit;

namespace WildNOut.Actors.Tests.Users.Achievements;

/// <summary>A user with a journal, without a shell: what is decided becomes durable or is lost.</summary>
internal sealed class Account(AchievementCatalogue catalogue)
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<IUserEvent> _journal = [new UserJoined("ana", "user_1", 1, Now)];
    private UserDefinition _definition = new(PointRules.Default, catalogue);
    private UserState? _state;

    public UserState State => _state ??= Replay();

    public IReadOnlyList<IUserEvent> Journal => _journal;

    public IReadOnlyList<string> Earned => [.. Of<AchievementEarned>().Select(earned => earned.AchievementId)];

    public AchievementsView View => Assert.IsType<AchievementsView>(_definition.Answer(State, new GetAchievements(), Now));

    public IReadOnlyList<Question> Owed => _definition.Outbox(State);

    public static string Text(Counters counters) => JsonSerializer.Serialize(counters, UsersJson.Default.Counters);

    public IEnumerable<T> Of<T>() => _journal.OfType<T>();

    public IReadOnlyList<IUserEvent> Did(params Deed[] deeds) => Send(new RecordDeeds(deeds));

    /// <summary>A command whose row is written.</summary>
    public IReadOnlyList<IUserEvent> Send(IUserCommand command)
    {
        var decision = _definition.Decide(State, command, Now);
        Assert.IsNotType<Rejection>(decision.Reply);
        _state = decision.Events.Aggregate(State, _definition.Evolve);
        _journal.AddRange(decision.Events);
        return decision.Events;
    }

    /// <summary>The process ends before the row is written.</summary>
    public void Crash(params Deed[] deeds)
    {
        _definition.Decide(State, new RecordDeeds(deeds), Now);
        _state = null;
    }

    /// <summary>The user wakes somewhere, perhaps with other definitions.</summary>
    public void Restart(AchievementCatalogue? other = null)
    {
        _definition = new UserDefinition(PointRules.Default, other ?? catalogue);
        _state = null;
    }

    /// <summary>The user wakes out of a snapshot.</summary>
    public void Thaw() => _state = _definition.Thaw("ana", _definition.Freeze(State));

    public UserState Replay() => _journal.Aggregate(_definition.Empty("ana"), _definition.Evolve);
}
