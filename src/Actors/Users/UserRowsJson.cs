using System.Text.Json.Serialization;

namespace WildNOut.Actors.Users;

/// <summary>Rows as the database takes them: many in one JSON text, whose members are the columns.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<UserRow>))]
internal sealed partial class UserRowsJson : JsonSerializerContext;
