using System.Globalization;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Battles;

/// <summary>Which ballot box keeps whose votes. The number of boxes is a constant of a deployment: changing it would let people vote twice.</summary>
public static class BallotBoxes
{
    /// <summary>The number of boxes where a deployment says nothing else.</summary>
    public const int DefaultCount = 8;

    /// <summary>The most boxes of a deployment.</summary>
    public const int MaxCount = 64;

    /// <summary>The box of a voter, 0 to <paramref name="boxes"/> − 1.</summary>
    public static int BoxOf(string voterId, int boxes) => StableHash.Bucket(voterId, boxes);

    /// <summary>Where a box lives.</summary>
    public static EntityAddress AddressOf(int box) => new(Names.Regions.BallotBox, box.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where a battle lives.</summary>
    public static EntityAddress AddressOf(Guid battleId) => new(Names.Regions.Battle, battleId.ToString("D"));
}
