using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>What a movement of tokens was.</summary>
[JsonConverter(typeof(WireEnumConverter<MovementKind>))]
public enum MovementKind
{
    /// <summary>From one owner to another.</summary>
    Transfer,

    /// <summary>New tokens.</summary>
    Mint,

    /// <summary>Tokens that are no more.</summary>
    Burn,

    /// <summary>A known pool gave them.</summary>
    Buy,

    /// <summary>A known pool took them.</summary>
    Sell,
}
