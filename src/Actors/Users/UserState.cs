using System.Collections.Immutable;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users.Achievements;

namespace WildNOut.Actors.Users;

/// <summary>The name a user bears.</summary>
/// <param name="Username">In small letters.</param>
/// <param name="Claim">The number of the claim on it.</param>
/// <param name="Confirmed">Whether the name knows of it for good.</param>
public sealed record HeldName(string Username, long Claim, bool Confirmed);

/// <summary>A claim that the name must yet be told is given up.</summary>
public sealed record OwedName(string Username, long Claim);

/// <summary>What a user shows of themself.</summary>
public sealed record Profile(
    string? DisplayName = null, string? Bio = null, string? AvatarUrl = null, bool ShowWallets = false, bool ShowHoldings = false, long Version = 1)
{
    /// <summary>A profile that nobody has edited.</summary>
    public static readonly Profile Fresh = new();
}

/// <summary>What the identity provider said last.</summary>
public sealed record KnownIdentity(string? Username, string? DisplayName, string? AvatarUrl, Role? Role, DateTimeOffset Version);

/// <summary>A user as their events made them.</summary>
public sealed record UserState(string UserId)
{
    /// <summary>How many days' vote points are kept. A vote of an earlier day, told that late, pays nothing.</summary>
    public const int DaysKept = 32;

    /// <summary>Since when the user exists; null before.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>When the account was given up; null while it is not.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The name; null before the user exists and after the account was given up.</summary>
    public HeldName? Name { get; init; }

    /// <summary>Names to give back.</summary>
    public ImmutableList<OwedName> Owed { get; init; } = [];

    /// <summary>The name that the identity provider gives and that is not asked for yet; null for none.</summary>
    public string? Wish { get; init; }

    /// <summary>
    /// Claims that were granted to commands that are under way, by name: an edit by which somebody comes to be here and chooses a name needs two. In memory only: when they are lost,
    /// the claims lapse.
    /// </summary>
    public ImmutableDictionary<string, UsernameReply> Granted { get; init; } = ImmutableDictionary<string, UsernameReply>.Empty;

    /// <summary>What the user shows.</summary>
    public Profile Profile { get; init; } = Profile.Fresh;

    /// <summary>What the identity provider said; null while it said nothing.</summary>
    public KnownIdentity? Identity { get; init; }

    /// <summary>The role an admin granted; null for none.</summary>
    public Role? Grant { get; init; }

    /// <summary>The sum of all changes of points.</summary>
    public long Balance { get; init; }

    /// <summary>What the user did.</summary>
    public Counters Counters { get; init; } = Counters.None;

    /// <summary>The achievements the user has, by id.</summary>
    public ImmutableDictionary<string, EarnedAchievement> Earned { get; init; } = ImmutableDictionary<string, EarnedAchievement>.Empty;

    /// <summary>The causes of everything that was counted, for ever, as <see cref="Causes.Of"/> keeps them.</summary>
    public ImmutableHashSet<ulong> Counted { get; init; } = [];

    /// <summary>Points for votes by day (UTC).</summary>
    public ImmutableSortedDictionary<int, long> VotePoints { get; init; } = ImmutableSortedDictionary<int, long>.Empty;

    /// <summary>The instant of the newest event.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Whether the user exists and has not given the account up.</summary>
    public bool Lives => JoinedAt is not null && DeletedAt is null;

    /// <summary>How far the user is with achievements.</summary>
    public AchievementProgress Progress => new(Counters, Earned);

    /// <summary>Whether the user bears the name that the platform gave.</summary>
    public bool BearsGivenName => Name is { } held && held.Username.StartsWith(Usernames.GivenPrefix, StringComparison.Ordinal);

    /// <summary>Points for votes of a day so far; null when the day is older than what is kept.</summary>
    public long? PaidForVotes(int day) =>
        VotePoints.TryGetValue(day, out var paid) ? paid : VotePoints.Count < DaysKept || day > VotePoints.Keys.First() ? 0 : null;

    /// <summary>Whether a cause was counted.</summary>
    public bool HasCounted(string cause) => Counted.Contains(Causes.Of(cause));

    /// <summary>The higher of the granted role and the identity provider's.</summary>
    public Role Role => (Role)Math.Max((int)(Grant ?? Role.User), (int)(Identity?.Role ?? Role.User));

    /// <summary>The state after an event.</summary>
    public UserState Evolve(IUserEvent @event) => Apply(@event) with { LastAt = @event.At };

    private UserState Apply(IUserEvent @event) => @event switch
    {
        UserJoined e => this with { JoinedAt = e.At, Name = new HeldName(e.Username, e.Claim, true), Granted = Granted.Remove(e.Username) },
        IdentityLearned e => Learn(e),
        ProfileUpdated e => this with { Profile = new Profile(e.DisplayName, e.Bio, e.AvatarUrl, e.ShowWallets, e.ShowHoldings, e.Version) },
        UsernameSet or UsernameConfirmed or UsernameLost or UsernameReleased or UsernameRefused => Rename(@event),
        RoleGranted e => this with { Grant = e.Role },
        RoleRevoked => this with { Grant = null },
        PointsAwarded e => Count(e.Cause) with { Balance = e.Balance },
        PointsDeducted e => Count(e.Cause) with { Balance = e.Balance },
        LevelChanged or AchievementProgressed => this,
        AchievementEarned e => this with { Earned = Earned.SetItem(e.AchievementId, EarnedAchievement.Of(e)) },
        DeedRecorded e => Did(e),
        UserDeleted e => Leave(e),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "A user does not know this event."),
    };

    /// <summary>
    /// Only who bears the name that the platform gave takes over the one they have with the identity provider. The same name again changes nothing: a wish that is under
    /// way stays, and one that was refused is not made again.
    /// </summary>
    private UserState Learn(IdentityLearned e) => this with
    {
        Identity = new KnownIdentity(e.Username, e.DisplayName, e.AvatarUrl, e.Role, e.Version),
        Wish = e.Username is not { } name || !BearsGivenName ? null : name == Identity?.Username ? Wish : name,
    };

    private UserState Rename(IUserEvent @event) => @event switch
    {
        UsernameSet e => this with
        {
            Name = new HeldName(e.Username, e.Claim, false),
            Owed = Owed.Add(new OwedName(e.Before, e.BeforeClaim)),
            Profile = Profile with { Version = e.Version },
            Wish = null,
            Granted = Granted.Remove(e.Username),
        },
        UsernameConfirmed e => this with { Name = new HeldName(e.Username, e.Claim, true) },
        UsernameLost e => this with { Name = new HeldName(Usernames.Given(UserId), 0, false), Profile = Profile with { Version = e.Version } },
        UsernameReleased e => this with { Owed = Owed.RemoveAll(owed => owed.Username == e.Username && owed.Claim == e.Claim) },
        UsernameRefused => this with { Wish = null },
        _ => this,
    };

    private UserState Did(DeedRecorded e)
    {
        var counted = Causes.IsCounted(e.Deed.Kind) ? Count(Causes.Name(e.Deed)) : this;
        return counted with
        {
            Counters = Counters.After(e.Deed),
            VotePoints = e.Deed.Kind == DeedKind.VoteCast && e.Points > 0 ? Paid(Days.Of(e.Deed.At), e.Points) : VotePoints,
        };
    }

    private ImmutableSortedDictionary<int, long> Paid(int day, long points)
    {
        var days = VotePoints.SetItem(day, VotePoints.GetValueOrDefault(day) + points);
        return days.Count > DaysKept ? days.Remove(days.Keys.First()) : days;
    }

    private UserState Count(string cause) => this with { Counted = Counted.Add(Causes.Of(cause)) };

    /// <summary>What was counted stays, so that what is told late finds it counted.</summary>
    private UserState Leave(UserDeleted e) => this with
    {
        DeletedAt = e.At,
        Name = null,
        Owed = e.Username is { } name ? Owed.Add(new OwedName(name, e.Claim)) : Owed,
        Wish = null,
        Granted = Granted.Clear(),
        Profile = Profile.Fresh,
        Identity = null,
        Grant = null,
    };
}
