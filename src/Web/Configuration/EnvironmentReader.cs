using System.Globalization;

namespace WildNOut.Web.Configuration;

/// <summary>Reads settings by name and gathers every fault instead of stopping at the first.</summary>
/// <param name="lookup">Gives the text of a setting, or null.</param>
internal sealed class EnvironmentReader(Func<string, string?> lookup)
{
    private readonly List<string> _faults = [];

    /// <summary>What is wrong, one sentence a fault.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Notes a fault.</summary>
    public void Fault(string name, string problem) => _faults.Add($"{name}: {problem}");

    /// <summary>The text, or null when the setting is absent or blank.</summary>
    public string? Text(string name) => lookup(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>A whole number in a range.</summary>
    public int Number(string name, int fallback, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Fault(name, $"'{text}' is not a whole number from {min} to {max}.");
        return fallback;
    }

    /// <summary>A yes or a no.</summary>
    public bool Flag(string name, bool fallback)
    {
        switch (Text(name)?.ToLowerInvariant())
        {
            case null:
                return fallback;
            case "true" or "1" or "on" or "yes":
                return true;
            case "false" or "0" or "off" or "no":
                return false;
            default:
                Fault(name, $"'{Text(name)}' is neither true nor false.");
                return fallback;
        }
    }

    /// <summary>A span of time: a number followed by s, m, h or d; a bare number is seconds.</summary>
    public TimeSpan Duration(string name, TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        var unit = char.IsAsciiDigit(text[^1]) ? 's' : char.ToLowerInvariant(text[^1]);
        var digits = char.IsAsciiDigit(text[^1]) ? text : text[..^1];
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        if (seconds > 0
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && TimeSpan.FromSeconds((long)count * seconds) is var span
            && span >= min
            && span <= max)
        {
            return span;
        }

        Fault(name, $"'{text}' is not a span of time from {min} to {max}, such as 30m, 24h or 7d.");
        return fallback;
    }

    /// <summary>Parts separated by commas; empty parts are dropped.</summary>
    public IReadOnlyList<string> List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
