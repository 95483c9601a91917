using System.Text.Json;
using System.Text.Json.Serialization;

namespace WildNOut.Actors.Engine;

/// <summary>Enums in JSON and in queries: the member's name in camelCase, never a number.</summary>
public sealed class WireEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>The same names outside JSON.</summary>
public static class WireEnum<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> ByName =
        Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.Ordinal);

    private static readonly Dictionary<T, string> ByValue = ByName.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>All names, in the order of declaration.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The name of a value.</summary>
    public static string Name(T value) => ByValue[value];

    /// <summary>The value of a name; names are case-sensitive.</summary>
    public static bool TryParse(string name, out T value) => ByName.TryGetValue(name, out value);
}
