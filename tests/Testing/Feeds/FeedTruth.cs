using System.Globalization;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Token;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Testing.Feeds;

/// <summary>Makes a simulated chain's ledger and a stored feed comparable. The order of movements within a transaction is the decoder's, so they are compared by what they say.</summary>
public static class FeedTruth
{
    /// <summary>The transactions of a chain, in its order.</summary>
    public static IReadOnlyList<(ulong Slot, string Signature)> Transactions(ChainLedger ledger) => [.. ledger.Entries.Select(entry => (entry.Slot, entry.Signature))];

    /// <summary>The transactions of a feed, in its order.</summary>
    public static IReadOnlyList<(ulong Slot, string Signature)> Transactions(IEnumerable<StoredMovement> stored) =>
        [.. stored.Select(movement => (movement.Slot, movement.Signature)).Distinct()];

    /// <summary>What the movements of a chain say, sorted.</summary>
    public static IReadOnlyList<string> Movements(ChainLedger ledger) =>
        [.. ledger.Entries.SelectMany(entry => entry.Movements).Select(Says).Order(StringComparer.Ordinal)];

    /// <summary>What the movements of a feed say, sorted.</summary>
    public static IReadOnlyList<string> Movements(IEnumerable<StoredMovement> stored) => [.. stored.Select(Says).Order(StringComparer.Ordinal)];

    private static string Says(Movement movement) => string.Create(
        CultureInfo.InvariantCulture, $"{movement.Signature} {WireEnum<MovementKind>.Name(movement.Kind)} {movement.Sender} {movement.Recipient} {movement.Amount} {movement.Fee}");

    private static string Says(StoredMovement movement) => string.Create(
        CultureInfo.InvariantCulture, $"{movement.Signature} {movement.Kind} {movement.Sender} {movement.Recipient} {movement.Amount:0} {movement.Fee:0}");
}
