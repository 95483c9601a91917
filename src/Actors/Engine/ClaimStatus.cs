using System.Text.Json.Serialization;

namespace WildNOut.Actors.Engine;

/// <summary>How a claim stands on something that one user has at a time.</summary>
[JsonConverter(typeof(WireEnumConverter<ClaimStatus>))]
public enum ClaimStatus
{
    /// <summary>It holds for a while, or for good already.</summary>
    Claimed,

    /// <summary>It holds for good.</summary>
    Confirmed,

    /// <summary>It is given up.</summary>
    Released,

    /// <summary>It lapsed, and there is another claim by now.</summary>
    Lost,

    /// <summary>Another user has it.</summary>
    Taken,
}
