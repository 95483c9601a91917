using System.Collections.Frozen;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>The achievements there are, in the order of the configuration.</summary>
public sealed class AchievementCatalogue
{
    /// <summary>None at all.</summary>
    public static readonly AchievementCatalogue Empty = new([]);

    private readonly FrozenDictionary<string, Achievement> _byId;

    /// <summary>A catalogue; ids must be distinct.</summary>
    public AchievementCatalogue(IReadOnlyList<Achievement> all)
    {
        All = all;
        _byId = all.ToFrozenDictionary(achievement => achievement.Id, StringComparer.Ordinal);
    }

    /// <summary>Every achievement.</summary>
    public IReadOnlyList<Achievement> All { get; }

    /// <summary>The achievement of an id; null when it is not defined, or no more.</summary>
    public Achievement? Find(string id) => _byId.GetValueOrDefault(id);
}
