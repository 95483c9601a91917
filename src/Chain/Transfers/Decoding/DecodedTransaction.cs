using WildNOut.Actors.Token;

namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>What a transaction means for the token: movements, or a transaction that could not be understood, or nothing.</summary>
/// <param name="Movements">In the order of the instructions; empty when it moved nothing of the token, failed, or is parked.</param>
/// <param name="Parked">Why it could not be understood; null when it was.</param>
public sealed record DecodedTransaction(IReadOnlyList<Movement> Movements, ParkedTransaction? Parked = null)
{
    /// <summary>It does not concern the token.</summary>
    public static DecodedTransaction Nothing { get; } = new([]);

    /// <summary>A transaction that could not be understood.</summary>
    public static DecodedTransaction NotUnderstood(string signature, string reason) => new([], new ParkedTransaction(signature, reason));
}
