using System.Text.Json;
using System.Text.Json.Serialization;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>What an achievement counts. Its name everywhere outside the code is that of the member in snake_case, such as <c>battle_entries</c>.</summary>
[JsonConverter(typeof(CriterionConverter))]
public enum Criterion
{
    /// <summary>Content published.</summary>
    ContentCreated,

    /// <summary>Entries submitted to battles.</summary>
    BattleEntries,

    /// <summary>Battles entered that have their results.</summary>
    BattleParticipations,

    /// <summary>Battles won: rank 1 in the results.</summary>
    BattleVictories,

    /// <summary>Reactions received on one's content.</summary>
    ContentReactions,

    /// <summary>Followers gained.</summary>
    Followers,

    /// <summary>Votes cast.</summary>
    VotesCast,

    /// <summary>Comments written.</summary>
    CommentsCreated,

    /// <summary>The most whole tokens that one wallet of the user ever held when it was read. Readings are never summed up.</summary>
    TokenHoldings,

    /// <summary>Days in a row, in UTC, on which the user was seen.</summary>
    LoginStreakDays,
}

/// <summary>The names of criteria.</summary>
public static class Criteria
{
    private static readonly Dictionary<Criterion, string> Names = Enum.GetValues<Criterion>()
        .ToDictionary(criterion => criterion, criterion => JsonNamingPolicy.SnakeCaseLower.ConvertName(criterion.ToString()));

    private static readonly Dictionary<string, Criterion> ByName = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>All names, in the order of declaration.</summary>
    public static IReadOnlyCollection<string> All => Names.Values;

    /// <summary>The name of a criterion.</summary>
    public static string Name(Criterion criterion) => Names[criterion];

    /// <summary>The criterion of a name; names are case-sensitive.</summary>
    public static bool TryParse(string name, out Criterion criterion) => ByName.TryGetValue(name, out criterion);
}

/// <summary>Criteria in JSON: by name, never by number.</summary>
public sealed class CriterionConverter() : JsonStringEnumConverter<Criterion>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
