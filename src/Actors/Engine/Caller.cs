using System.Text.Json.Serialization;

namespace WildNOut.Actors.Engine;

/// <summary>What a person may do.</summary>
[JsonConverter(typeof(WireEnumConverter<Role>))]
public enum Role
{
    /// <summary>Acts on one's own things.</summary>
    User,

    /// <summary>Acts on anyone's content.</summary>
    Moderator,

    /// <summary>Acts on everything.</summary>
    Admin,
}

/// <summary>Who sends a command.</summary>
/// <param name="UserId">The identity provider's subject.</param>
/// <param name="Role">The role at that moment.</param>
public sealed record Caller(string UserId, Role Role);
