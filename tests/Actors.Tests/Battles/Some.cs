using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Tests.Battles;

/// <summary>A cast of people, instants and commands that the specs share.</summary>
internal static class Some
{
    public const int Boxes = 3;

    public static readonly Guid BattleId = Guid.Parse("01930000-0000-7000-8000-000000000001");

    public static readonly DateTimeOffset Created = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Start = Created.AddHours(1);
    public static readonly DateTimeOffset End = Created.AddHours(2);
    public static readonly DateTimeOffset VotingEnd = Created.AddHours(3);
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    public static readonly Caller Creator = new("creator", Role.User);
    public static readonly Caller Stranger = new("stranger", Role.User);
    public static readonly Caller Moderator = new("moderator", Role.Moderator);
    public static readonly Caller Admin = new("admin", Role.Admin);

    public static CreateBattle Create { get; } = new(
        BattleId, Creator.UserId, "First battle", "Who is the wildest?", BattleType.WildStyle, Start, End, VotingEnd, null);

    public static BattleRules Rules { get; } = BattleRules.Default;

    public static Scenario<BattleState, IBattleCommand, IBattleEvent> Battle() =>
        new(new BattleDefinition(Boxes), BattleId.ToString("D"));

    public static Scenario<BattleState, IBattleCommand, IBattleEvent> Upcoming(BattleRules? rules = null) => Battle().Given(CreatedWith(rules));

    public static Scenario<BattleState, IBattleCommand, IBattleEvent> Active(BattleRules? rules = null) =>
        Upcoming(rules).Given(new BattleActivated(BattleId, null, Start));

    /// <summary>Voting is on; users a, b, c… have entered with the entries 1, 2, 3….</summary>
    public static Scenario<BattleState, IBattleCommand, IBattleEvent> Voting(int entries = 2, BattleRules? rules = null) =>
        Active(rules).Given(Enumerable.Range(1, entries).Select(Entered)).Given(new BattleVotingStarted(BattleId, null, End));

    public static Scenario<BattleState, IBattleCommand, IBattleEvent> Counting(int entries = 2) =>
        Voting(entries).Given(new BattleVotingClosed(BattleId, null, VotingEnd));

    public static Scenario<BattleState, IBattleCommand, IBattleEvent> Completed() => Voting(1).Given(
        new BattleVotingClosed(BattleId, null, VotingEnd),
        new BattleCompleted(BattleId, new BattleResults(BattleId, VotingEnd, [new RankedEntry(1, EntryId(1), User(1), 0, 0)]), VotingEnd));

    public static Scenario<BattleState, IBattleCommand, IBattleEvent> Cancelled() =>
        Active().Given(Entered(1), new BattleCancelled(BattleId, Creator.UserId, Start.AddMinutes(2)));

    public static BattleCreated CreatedWith(BattleRules? rules = null, BattleStatus status = BattleStatus.Upcoming, DateTimeOffset? at = null) => new(
        BattleId, Creator.UserId, Create.Title, Create.Description, Create.Type, status, Start, End, VotingEnd, rules ?? Rules, at ?? Created);

    public static EntrySubmitted Entered(int number) => new(BattleId, EntryId(number), User(number), Text($"entry {number}"), Start.AddSeconds(number));

    public static Guid EntryId(int number) => Guid.Parse($"01930000-0000-7000-8000-0000000e{number:x4}");

    public static string User(int number) => ((char)('a' + number - 1)).ToString();

    public static EntryContent Text(string text) => new(ContentType.Text, text);

    public static SubmitEntry Submit(string user = "a", EntryContent? content = null, bool mediaVerified = false) =>
        new(EntryId(1), user, content ?? Text("some words"), mediaVerified);

    public static BallotPaper Paper(
        Bounds? scale = null, bool allowSelfVote = false, VoteWeighting weighting = VoteWeighting.Equal, int entries = 2, params int[] struck) => new(
        BattleId,
        VotingEnd,
        scale ?? new Bounds(1, 1),
        weighting,
        allowSelfVote,
        [.. Enumerable.Range(1, entries).Select(number => new BallotLine(EntryId(number), User(number), struck.Contains(number)))],
        weighting == VoteWeighting.Equal ? null : End);

    public static Scenario<BallotBoxState, IBallotBoxCommand, IBallotBoxEvent> Box(int box = 0) =>
        new(new BallotBoxDefinition(), box.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Scenario<BallotBoxState, IBallotBoxCommand, IBallotBoxEvent> Sheet(BallotPaper? paper = null) =>
        Box().Given(new SheetOpened(BattleId, paper ?? Paper(), End));

    public static CastVote Vote(int entry = 1, string voter = "v", int? value = null, long? weight = null, string? commandId = null, Guid? entryId = null) =>
        new(BattleId, entryId ?? EntryId(entry), voter, value, weight, commandId);

    public static VoteCast Cast(int entry = 1, string voter = "v", int value = 1, long weight = 1, DateTimeOffset? at = null, string? commandId = null, bool newcomer = true) =>
        new(BattleId, EntryId(entry), voter, value, weight, at ?? End.AddMinutes(1), newcomer, commandId);
}
