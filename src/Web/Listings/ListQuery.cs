using System.Globalization;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Chain;
using WildNOut.Web.Errors;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>Reads the query parameters of a list and gathers what is wrong with them.</summary>
internal sealed class ListQuery
{
    private const int MaxCursor = 200;
    private const int LongestSought = 50;

    private Dictionary<string, string>? _faults;

    /// <summary>The problem, or null when all is well.</summary>
    public Problem? Problem => _faults is null ? null : Problem.Invalid(_faults);

    /// <summary>One of the values of an enum, or null when absent.</summary>
    public T? OneOf<T>(string name, string? text)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        if (WireEnum<T>.TryParse(text, out var value))
        {
            return value;
        }

        Fault(name, "must be one of " + string.Join(", ", WireEnum<T>.Names));
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>, or null when absent.</summary>
    public bool? Flag(string name, string? text)
    {
        switch (text)
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Fault(name, "must be true or false");
                return null;
        }
    }

    /// <summary>The size of the page.</summary>
    public int Limit(string? text, int most = Keyset.MaxLimit)
    {
        if (text is null)
        {
            return Keyset.DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most)
        {
            return limit;
        }

        Fault("limit", FormattableString.Invariant($"must be a whole number from 1 to {most}"));
        return Keyset.DefaultLimit;
    }

    /// <summary>The cursor; whether it holds is found out later.</summary>
    public string? Cursor(string? text)
    {
        if (text is { Length: 0 or > MaxCursor })
        {
            Fault("cursor", "is not a cursor of this list");
        }

        return text;
    }

    /// <summary>A user's id, or null when absent.</summary>
    public string? UserId(string name, string? text)
    {
        if (text is not null && (text.Length is 0 or > 200 || text.Any(char.IsControl)))
        {
            Fault(name, "must have 1 to 200 characters, none of them a control character");
        }

        return text;
    }

    /// <summary>Some words, or null when absent.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="text">What came.</param>
    /// <param name="longest">The most characters.</param>
    public string? Text(string name, string? text, int longest)
    {
        if (text is not null && (text.Length == 0 || text.Length > longest || text.Any(char.IsControl)))
        {
            Fault(name, FormattableString.Invariant($"must have 1 to {longest} characters, none of them a control character"));
        }

        return text;
    }

    /// <summary>An instant, or null when absent.</summary>
    public DateTimeOffset? Instant(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (InstantFieldConverter.TryParse(text, out var instant))
        {
            return instant;
        }

        Fault(name, InstantFieldConverter.Rule);
        return null;
    }

    /// <summary>A wallet's address, or null when absent.</summary>
    public string? Wallet(string name, string? text)
    {
        if (text is not null && !SolanaAddress.IsValid(text))
        {
            Fault(name, SolanaAddress.Fault);
        }

        return text;
    }

    /// <summary>A position in a feed, or null when absent.</summary>
    public long? Position(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return position;
        }

        Fault(name, "must be a whole number from 0");
        return null;
    }

    /// <summary>What is searched for: 1 to 50 characters around which blanks do not count.</summary>
    public string Sought(string name, string? text)
    {
        var sought = text?.Trim() ?? "";
        if (sought.Length is 0 or > LongestSought || sought.Any(char.IsControl))
        {
            Fault(name, FormattableString.Invariant($"must have 1 to {LongestSought} characters, none of them a control character"));
        }

        return sought;
    }

    /// <summary>Notes a fault.</summary>
    public void Fault(string name, string problem) => (_faults ??= new Dictionary<string, string>(StringComparer.Ordinal)).TryAdd(name, problem);
}
