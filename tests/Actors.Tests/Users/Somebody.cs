using WildNOut.Actors.Engine;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Users;

namespace WildNOut.Actors.Tests.Users;

/// <summary>A user and what happens to them.</summary>
internal static class Somebody
{
    public const string Id = "ann";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly string GivenName = Usernames.Given(Id);

    public static readonly UserDefinition Definition = new(PointRules.Default);

    public static readonly UserJoined Joined = new(Id, GivenName, 1, Now);

    /// <summary>Whom nobody has heard of.</summary>
    public static Scenario<UserState, IUserCommand, IUserEvent> Nobody() => new(Definition, Id);

    /// <summary>Whose given name is claimed, so that anything makes them exist.</summary>
    public static Scenario<UserState, IUserCommand, IUserEvent> Expected() => Nobody().Heard(Granted(GivenName));

    /// <summary>Who exists.</summary>
    public static Scenario<UserState, IUserCommand, IUserEvent> New() => Nobody().Given(Joined);

    public static UsernameReply Granted(string name, long claim = 1, DateTimeOffset? at = null) => new(name, claim, ClaimStatus.Claimed, at ?? Now);

    public static HearUsername Heard(string name, long claim, ClaimStatus status, bool wished = false) => new(new UsernameReply(name, claim, status, Now), wished);

    public static UpdateProfile Edit(
        string? username = null, string? displayName = null, string? bio = null, string? avatarUrl = null, bool? showWallets = null, bool? showHoldings = null, long? version = null) =>
        new(username, displayName, bio, avatarUrl, showWallets, showHoldings, version);

    public static Deed Vote(int entry, DateTimeOffset? at = null) => new(DeedKind.VoteCast, $"entry-{entry}", at ?? Now);

    public static AwardPoints Award(long amount, string cause) => new(amount, "because", "root", cause);

    public static DeductPoints Deduct(long amount, string cause) => new(amount, "because", "root", cause);

    public static PointsAwarded Awarded(long amount, string cause, long balance) => new(Id, amount, "because", "root", cause, balance, Now);
}
