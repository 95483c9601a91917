using System.Globalization;
using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>How sure a movement is.</summary>
[JsonConverter(typeof(WireEnumConverter<MovementCommitment>))]
public enum MovementCommitment
{
    /// <summary>On the chain, and may yet be withdrawn.</summary>
    Confirmed,

    /// <summary>On the chain for good.</summary>
    Finalized,

    /// <summary>The chain went another way. The same transaction may land again later.</summary>
    Withdrawn,
}

/// <summary>A movement of the token as clients see it.</summary>
/// <param name="Signature">The transaction, base58.</param>
/// <param name="Index">The place within the transaction, from 0; with the signature it is the key.</param>
/// <param name="Slot">Where it landed.</param>
/// <param name="BlockTime">When its block was made; null where unknown.</param>
/// <param name="Sender">The owner that gave; null for new tokens.</param>
/// <param name="Recipient">The owner that received; null for burnt ones.</param>
/// <param name="Amount">What was received (of a burn: lost), in base units.</param>
/// <param name="Fee">What a transfer fee withheld from the sender on top, in base units.</param>
/// <param name="Decimals">Base units are 10^-decimals of a token; null while unknown.</param>
/// <param name="Display">The amount in whole tokens; null while the decimals are unknown.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Commitment">How sure it is.</param>
/// <param name="Position">Its place among the lines of the feed, from 1 without gaps.</param>
public sealed record TokenTransaction(
    string Signature,
    int Index,
    ulong Slot,
    DateTimeOffset? BlockTime,
    string? Sender,
    string? Recipient,
    string Amount,
    string Fee,
    int? Decimals,
    string? Display,
    MovementKind Kind,
    MovementCommitment Commitment,
    long Position);

/// <summary>What came before is on the chain for good.</summary>
/// <param name="Slot">The slot up to which.</param>
/// <param name="Position">The place of this line in the feed.</param>
public sealed record TokenFinalized(ulong Slot, long Position);

/// <summary>A movement is withdrawn.</summary>
/// <param name="Signature">Its transaction.</param>
/// <param name="Index">Its place within the transaction.</param>
/// <param name="Position">The place of this line in the feed.</param>
public sealed record TokenWithdrawn(string Signature, int Index, long Position);

/// <summary>The feed has grown by more than is told one by one.</summary>
/// <param name="Position">The position of its newest line.</param>
public sealed record TokenAdvanced(long Position);

/// <summary>Quantities as clients see them.</summary>
public static class TokenQuantity
{
    /// <summary>Base units as decimal digits.</summary>
    public static string Units(ulong amount) => amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whole tokens with as many places as are needed, such as <c>2.5</c>; null while the decimals are unknown.</summary>
    public static string? Display(ulong amount, int? decimals)
    {
        if (decimals is not > 0)
        {
            return decimals is null ? null : Units(amount);
        }

        var digits = Units(amount).PadLeft(decimals.Value + 1, '0');
        var places = digits[^decimals.Value..].TrimEnd('0');
        var whole = digits[..^decimals.Value];
        return places.Length == 0 ? whole : $"{whole}.{places}";
    }
}
