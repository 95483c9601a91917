using WildNOut.Actors.Battles;

namespace WildNOut.ReadModel.Tests;

/// <summary>Battles to read of.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static BattleCreated Created(Guid id, DateTimeOffset? at = null, string creator = "ann", BattleStatus status = BattleStatus.Upcoming) => new(
        id,
        creator,
        "A title",
        "A description",
        BattleType.WildStyle,
        status,
        Noon.AddHours(1),
        Noon.AddHours(2),
        Noon.AddHours(3),
        BattleRules.Default,
        at ?? Noon);

    public static EntrySubmitted Entered(Guid battle, Guid entry, string user) =>
        new(battle, entry, user, new EntryContent(ContentType.Text, "words"), Noon.AddMinutes(70));

    public static VoteCast Vote(Guid battle, Guid entry, string voter, int value = 1, long weight = 1, bool newcomer = true) =>
        new(battle, entry, voter, value, weight, Noon.AddMinutes(130), newcomer);

    public static string Of(Guid battle) => BallotBoxes.AddressOf(battle).PersistenceId;

    public static string Box(int box) => BallotBoxes.AddressOf(box).PersistenceId;
}
