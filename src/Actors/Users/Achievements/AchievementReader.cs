using System.Globalization;
using System.Text.RegularExpressions;
using Akka.Configuration.Hocon;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>Reads one definition and notes all of its faults.</summary>
internal sealed partial class AchievementReader
{
    private const int LongestName = 80;
    private const int LongestDescription = 300;
    private const long MostPoints = 1_000_000;

    /// <summary>So that a tenth of the way can be reckoned in 64 bits.</summary>
    private const long HighestThreshold = 1_000_000_000_000_000;

    private static readonly string[] Fields = ["id", "name", "description", "category", "points", "hidden", "criteria"];
    private static readonly string[] CriteriaFields = ["type", "threshold"];

    private readonly HoconValue _value;
    private readonly List<string> _faults;
    private string _label;

    private AchievementReader(HoconValue value, string place, List<string> faults)
    {
        _value = value;
        _label = place;
        _faults = faults;
    }

    /// <summary>The achievement; null when it has faults.</summary>
    /// <param name="value">The definition; anything may be in there.</param>
    /// <param name="place">Where it stands, for one without an id.</param>
    /// <param name="faults">Where faults go.</param>
    public static Achievement? Read(HoconValue value, string place, List<string> faults) => new AchievementReader(value, place, faults).Read();

    private Achievement? Read()
    {
        var before = _faults.Count;
        if (_value.GetObject() is not { } fields)
        {
            Fault("is not an object");
            return null;
        }

        var id = Word(fields, "id");
        _label = id is null ? _label : $"achievement '{id}'";
        Unknown(fields, Fields, "");
        var achievement = new Achievement(
            id ?? "",
            Text(fields, "name", LongestName),
            Text(fields, "description", LongestDescription),
            Word(fields, "category") ?? "",
            Number(fields, "points", 0, MostPoints, ""),
            Flag(fields, "hidden"),
            default,
            1);
        if (fields.GetKey("criteria")?.GetObject() is not { } criteria)
        {
            Fault("has no criteria { type, threshold }");
            return null;
        }

        Unknown(criteria, CriteriaFields, "criteria.");
        var read = achievement with { Criterion = Type(criteria), Threshold = Number(criteria, "threshold", 1, HighestThreshold, "criteria.") };
        return _faults.Count == before ? read : null;
    }

    private static string? Raw(HoconObject fields, string name) => fields.GetKey(name)?.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private void Fault(string problem) => _faults.Add($"{_label} {problem}.");

    private void Unknown(HoconObject fields, string[] known, string prefix)
    {
        foreach (var name in fields.Items.Keys.Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            Fault($"has '{prefix}{name}', which is none of {string.Join(", ", known)}");
        }
    }

    private string? Word(HoconObject fields, string name)
    {
        if (Raw(fields, name) is not { } text)
        {
            Fault($"has no {name}");
            return null;
        }

        if (!WordForm().IsMatch(text))
        {
            Fault($"has the {name} '{text}'; allowed are 1 to 64 of a-z, 0-9, - and _");
            return null;
        }

        return text;
    }

    private string Text(HoconObject fields, string name, int longest)
    {
        var text = Raw(fields, name);
        if (text is null)
        {
            Fault($"has no {name}");
        }
        else if (text.Length > longest)
        {
            Fault($"has a {name} of {text.Length} characters; at most {longest} are allowed");
        }

        return text ?? "";
    }

    private long Number(HoconObject fields, string name, long least, long most, string prefix)
    {
        if (long.TryParse(Raw(fields, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault($"has {prefix}{name} = {Raw(fields, name) ?? "nothing"}, which is not a whole number from {least} to {most}");
        return least;
    }

    private bool Flag(HoconObject fields, string name)
    {
        var text = Raw(fields, name) ?? "off";
        if (text is not ("on" or "off" or "true" or "false"))
        {
            Fault($"has {name} = {text}, which is neither on nor off");
        }

        return text is "on" or "true";
    }

    private Criterion Type(HoconObject criteria)
    {
        var text = Raw(criteria, "type");
        if (Criteria.TryParse(text ?? "", out var criterion))
        {
            return criterion;
        }

        Fault($"has criteria.type = {text ?? "nothing"}, which is none of {string.Join(", ", Criteria.All)}");
        return default;
    }

    [GeneratedRegex("^[a-z0-9_-]{1,64}$")]
    private static partial Regex WordForm();
}
