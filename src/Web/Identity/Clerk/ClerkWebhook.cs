using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WildNOut.Web.Identity.Clerk;

/// <summary>A message of Clerk's.</summary>
/// <param name="Type">What happened, such as <c>user.created</c>.</param>
/// <param name="Data">To whom or what; its form follows from the type.</param>
/// <param name="Timestamp">When, in Unix milliseconds.</param>
public sealed record ClerkWebhook(string? Type, JsonElement Data, long? Timestamp)
{
    /// <summary>Reads the data.</summary>
    /// <exception cref="JsonException">They have another form.</exception>
    internal T Read<T>(JsonTypeInfo<T> json)
        where T : class => Data.ValueKind == JsonValueKind.Object ? Data.Deserialize(json)! : throw new JsonException("The data are no object.");
}

/// <summary>A user of Clerk's, as far as the platform looks.</summary>
/// <param name="Id">The subject of the user's tokens.</param>
/// <param name="Username">May not be one of the platform's.</param>
/// <param name="FirstName">Part of the display name.</param>
/// <param name="LastName">Part of the display name.</param>
/// <param name="ImageUrl">The avatar.</param>
/// <param name="PublicMetadata">May hold the role.</param>
/// <param name="UpdatedAt">The version, in Unix milliseconds.</param>
public sealed record ClerkUser(string? Id, string? Username, string? FirstName, string? LastName, string? ImageUrl, JsonElement PublicMetadata, long? UpdatedAt);

/// <summary>A session of Clerk's.</summary>
/// <param name="Id">The <c>sid</c> of its tokens.</param>
public sealed record ClerkSession(string? Id);

/// <summary>How Clerk's messages are read: what the platform does not know is passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ClerkWebhook))]
[JsonSerializable(typeof(ClerkUser))]
[JsonSerializable(typeof(ClerkSession))]
public sealed partial class ClerkJson : JsonSerializerContext;
