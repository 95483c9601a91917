using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Users;

/// <summary>What a run of events changes in the read model of users: pure, from rows and events to rows.</summary>
public sealed class UserChanges
{
    private readonly Dictionary<string, UserRow> _users;
    private readonly Dictionary<string, string> _bearers;
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StandingRow> _standings = new(StringComparer.Ordinal);

    private UserChanges(IEnumerable<UserRow> known)
    {
        _users = known.ToDictionary(row => row.Id, StringComparer.Ordinal);
        _bearers = _users.Values.Where(row => row.Username is not null).ToDictionary(row => row.Username!, row => row.Id, StringComparer.Ordinal);
    }

    /// <summary>Users as the run leaves them.</summary>
    public IReadOnlyList<UserRow> Users => [.. _changed.Order(StringComparer.Ordinal).Select(id => _users[id])];

    /// <summary>Changes of points, in order.</summary>
    public List<LedgerRow> Ledger { get; } = [];

    /// <summary>What every request must know of some users.</summary>
    public IReadOnlyCollection<StandingRow> Standings => _standings.Values;

    /// <summary>Users who part with a name in this run.</summary>
    public HashSet<string> Renamed { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that users came to bear in this run by choice.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The users whose rows a run changes.</summary>
    public static IReadOnlyCollection<string> Touched(IReadOnlyList<JournalEvent> events) =>
        events.Select(happened => (happened.Event as IUserEvent)?.UserId).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>Folds a run.</summary>
    /// <param name="known">The rows of the users that <see cref="Touched"/> names, where they exist.</param>
    /// <param name="events">The run, in journal order.</param>
    public static UserChanges Of(IEnumerable<UserRow> known, IReadOnlyList<JournalEvent> events)
    {
        var changes = new UserChanges(known);
        foreach (var happened in events)
        {
            if (happened.Event is IUserEvent change)
            {
                changes.Take(happened, change);
            }
        }

        return changes;
    }

    private void Take(in JournalEvent happened, IUserEvent change)
    {
        var before = _users.GetValueOrDefault(change.UserId);
        if (UserRows.After(before, change) is { } row && row != before)
        {
            Put(row);
            if (row.Username is { } name && name != before?.Username)
            {
                Bear(name, row.Id);
            }
        }

        if (UserRows.Ledger(happened) is { } entry)
        {
            Ledger.Add(entry);
        }

        switch (change)
        {
            case UsernameSet set:
                Names.Add(set.Username);
                Renamed.Add(set.UserId);
                break;
            case UsernameLost or UserDeleted:
                Renamed.Add(change.UserId);
                break;
        }

        if (StandingOf(change) is var (role, deleted))
        {
            _standings[change.UserId] = new StandingRow { UserId = change.UserId, GrantedRole = role, Deleted = deleted, Number = happened.Offset };
        }
    }

    private void Put(UserRow row)
    {
        _users[row.Id] = row;
        _changed.Add(row.Id);
    }

    /// <summary>The newest bearer has a name; who bore it before has not heard yet that the claim lapsed.</summary>
    private void Bear(string name, string id)
    {
        if (_bearers.TryGetValue(name, out var other) && other != id && _users[other].Username == name)
        {
            Put(UserRows.Nameless(_users[other]));
        }

        _bearers[name] = id;
    }

    private static (string? Role, bool Deleted)? StandingOf(IUserEvent change) => change switch
    {
        RoleGranted granted => (WireEnum<Role>.Name(granted.Role), false),
        RoleRevoked => (null, false),
        UserDeleted => (null, true),
        _ => null,
    };
}
