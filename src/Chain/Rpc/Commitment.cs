using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Chain.Rpc;

/// <summary>How sure a node must be of what it answers.</summary>
[JsonConverter(typeof(WireEnumConverter<Commitment>))]
public enum Commitment
{
    /// <summary>The node's newest block.</summary>
    Processed,

    /// <summary>Voted for by two thirds of the stake; may still be dropped.</summary>
    Confirmed,

    /// <summary>Never dropped.</summary>
    Finalized,
}
