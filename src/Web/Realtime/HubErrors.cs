using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Realtime;

/// <summary>Errors of hub methods: the message is <c>{"code","message","details"}</c>.</summary>
public static partial class HubErrors
{
    private const string Mark = "HubException: ";

    /// <summary>The channel needs a signed-in user.</summary>
    public static readonly Rejection Unauthorized = new(RejectionKind.Forbidden, "unauthorized", "This channel needs a signed-in user.");

    /// <summary>The method is for signed-in users.</summary>
    public static readonly Rejection NotSignedIn = new(RejectionKind.Forbidden, "unauthorized", "This needs a signed-in user.");

    /// <summary>A limit on what one connection or user may hold was reached.</summary>
    public static Rejection LimitExceeded(string message) => new(RejectionKind.Conflict, "limit_exceeded", message);

    /// <summary>The channel did not answer; the call may be repeated.</summary>
    public static readonly Rejection Unavailable = new(RejectionKind.Conflict, "unavailable", "There is no answer just now; try again.");

    /// <summary>The exception that carries a refusal.</summary>
    public static HubException Of(Rejection rejection) => new(Json(rejection.Code, rejection.Message, rejection.Details));

    /// <summary>What clients get for an error text of the framework: the object alone, without the sentence before it.</summary>
    internal static string Text(string error)
    {
        var mark = error.IndexOf(Mark, StringComparison.Ordinal);
        var text = mark < 0 ? error : error[(mark + Mark.Length)..];
        return text.StartsWith('{') ? text
            : mark < 0 ? Json("internal_error", "The server failed to carry this out.", null)
            : Json("validation_error", text, null);
    }

    private static string Json(string code, string message, IReadOnlyDictionary<string, string>? details) =>
        JsonSerializer.Serialize(new Body(code, message, details), BodyJson.Default.Body);

    private sealed record Body(string Code, string Message, IReadOnlyDictionary<string, string>? Details);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Body))]
    private sealed partial class BodyJson : JsonSerializerContext;
}
