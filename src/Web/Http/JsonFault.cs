using System.Text.Json;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Http;

/// <summary>Says what is wrong with a JSON body without giving away how it is read.</summary>
public static class JsonFault
{
    /// <summary>The problem behind an exception of the reader.</summary>
    public static Problem ProblemOf(JsonException fault)
    {
        // The serializer wraps the reader's own complaint, which is about syntax; everything else is about types and names.
        if (fault.InnerException is JsonException || (fault.Path is null && fault.LineNumber is not null))
        {
            return Problem.Malformed(FormattableString.Invariant($"The body is not valid JSON (line {(fault.LineNumber ?? 0) + 1}, byte {fault.BytePositionInLine ?? 0})."));
        }

        var path = PathOf(fault.Path);
        return Problem.Invalid(path, Reason(fault));
    }

    /// <summary>The path as front ends write it: <c>rules.textLimits.min</c> for <c>$.rules.textLimits.min</c>.</summary>
    private static string PathOf(string? path) => path switch
    {
        null or "" or "$" => "body",
        _ when path.StartsWith("$.", StringComparison.Ordinal) => path[2..],
        _ when path.StartsWith('$') => path[1..],
        _ => path,
    };

    private static string Reason(JsonException fault)
    {
        if (fault is FieldException)
        {
            return fault.Message;
        }

        if (fault.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return "is not a field of this request";
        }

        return fault.Message.Contains("uplicate", StringComparison.Ordinal) ? "is given more than once" : "has the wrong type or form";
    }
}
