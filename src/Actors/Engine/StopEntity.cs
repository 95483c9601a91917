using Akka.Actor;

namespace WildNOut.Actors.Engine;

/// <summary>
/// Hand-off and passivation: the entity finishes what is being written, answers, and stops. Sharding sends it, in place of a
/// <see cref="PoisonPill"/>, which would cut off replies under way.
/// </summary>
public sealed class StopEntity : IPossiblyHarmful
{
    /// <summary>The only value.</summary>
    public static readonly StopEntity Instance = new();
}
