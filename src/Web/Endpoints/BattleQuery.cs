using WildNOut.Actors.Battles;

namespace WildNOut.Web.Endpoints;

/// <summary>Questions without parameters, made once.</summary>
internal static class BattleQuery
{
    /// <summary>The battle.</summary>
    public static readonly GetBattle Battle = new();

    /// <summary>The present tally.</summary>
    public static readonly GetTally Tally = new();

    /// <summary>The results.</summary>
    public static readonly GetResults Results = new();
}
