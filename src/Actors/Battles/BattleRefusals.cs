using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>The "no"s of battles and ballot boxes that more than one rule says.</summary>
internal static class BattleRefusals
{
    public static readonly Rejection NoBattle = Rejection.NotFound("battle");

    public static readonly Rejection NoEntry = Rejection.NotFound("entry");

    public static readonly Rejection NotVoting = Rejection.Conflict("battle_not_voting", "This battle takes no votes now.");

    public static readonly Rejection NotAcceptingEntries = Rejection.Conflict("battle_not_accepting_entries", "This battle takes no entries now.");

    public static Rejection InvalidTransition(BattleStatus from, BattleStatus to) => Rejection.Conflict(
        "invalid_transition",
        $"A battle cannot go from {WireEnum<BattleStatus>.Name(from)} to {WireEnum<BattleStatus>.Name(to)}.");
}
