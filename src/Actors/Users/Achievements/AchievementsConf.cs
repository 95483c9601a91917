using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>Reads the achievements out of HOCON, or says everything that is wrong with them.</summary>
public static class AchievementsConf
{
    /// <summary>The list of achievements.</summary>
    public const string Definitions = "wildnout.achievements.definitions";

    /// <summary>A list of further ones, so that a deployment can add to <see cref="Definitions"/> without repeating it.</summary>
    public const string More = "wildnout.achievements.more";

    /// <summary>Reads and judges all definitions.</summary>
    /// <returns>The catalogue, and the faults, one sentence each; the catalogue is usable only when there is no fault.</returns>
    public static (AchievementCatalogue Catalogue, IReadOnlyList<string> Faults) Read(Config config)
    {
        List<string> faults = [];
        List<(HoconValue Value, string Label)> items = [.. Items(config, Definitions, faults), .. Items(config, More, faults)];
        var achievements = items
            .Select(item => AchievementReader.Read(item.Value, item.Label, faults))
            .OfType<Achievement>()
            .ToList();
        var ids = items.Select(item => item.Value.GetObject()?.GetKey("id")?.GetString()).OfType<string>();
        foreach (var twice in ids.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            faults.Add($"achievement '{twice.Key}' is defined {twice.Count()} times.");
        }

        return (faults.Count == 0 ? new AchievementCatalogue(achievements) : AchievementCatalogue.Empty, faults);
    }

    /// <summary>The catalogue of a node whose configuration was judged before.</summary>
    /// <exception cref="InvalidOperationException">There are faults; the message lists them all.</exception>
    public static AchievementCatalogue Load(Config config)
    {
        var (catalogue, faults) = Read(config);
        return faults.Count == 0 ? catalogue : throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
    }

    private static List<(HoconValue Value, string Label)> Items(Config config, string path, List<string> faults)
    {
        if (config.GetValue(path) is not { } list || !list.Values.Any(value => value.IsArray()))
        {
            faults.Add($"{path} is not a list.");
            return [];
        }

        return [.. list.GetArray().Select((value, index) => (value, $"{path}[{index}]"))];
    }
}
