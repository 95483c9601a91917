using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>How much of the token somebody holds, over all wallets.</summary>
[JsonConverter(typeof(WireEnumConverter<HolderTier>))]
public enum HolderTier
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Anything.</summary>
    Bronze,

    /// <summary>From 1,000 whole tokens.</summary>
    Silver,

    /// <summary>From 10,000 whole tokens.</summary>
    Gold,

    /// <summary>From 100,000 whole tokens.</summary>
    Platinum,
}

/// <summary>Sums of base units. No sum of what a mint has issued exceeds 64 bits, but readings of different moments may count a token twice: sums stop at the top.</summary>
public static class TokenUnits
{
    private const int MostDigits = 19;

    /// <summary>The sum, or the largest number there is.</summary>
    public static ulong Sum(IEnumerable<ulong> amounts) => amounts.Aggregate(0UL, (sum, next) => next > ulong.MaxValue - sum ? ulong.MaxValue : sum + next);

    /// <summary>The whole tokens in an amount.</summary>
    /// <param name="units">Base units.</param>
    /// <param name="decimals">0 to 255.</param>
    public static ulong Whole(ulong units, int decimals)
    {
        if (decimals > MostDigits)
        {
            return 0;
        }

        for (var i = 0; i < decimals; i++)
        {
            units /= 10;
        }

        return units;
    }

    /// <summary>The tier of an amount.</summary>
    public static HolderTier Tier(ulong units, int decimals) => Whole(units, decimals) switch
    {
        >= 100_000 => HolderTier.Platinum,
        >= 10_000 => HolderTier.Gold,
        >= 1_000 => HolderTier.Silver,
        _ => units > 0 ? HolderTier.Bronze : HolderTier.None,
    };
}
