using System.Text.Json.Serialization;

namespace WildNOut.Actors.Token;

/// <summary>Tokens that changed hands within one successful transaction: at most one side is missing.</summary>
/// <remarks>
/// Movements are taken from the changes of balances, so that for each owner received amounts minus sent amounts and fees equal the change of the
/// owner's balance over all of its token accounts.
/// </remarks>
/// <param name="Signature">The transaction, base58 of 64 bytes.</param>
/// <param name="Index">The place within the transaction, from 0; with the signature it is the key.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Sender">The owner (never a token account) that gave, base58; null for a mint.</param>
/// <param name="Recipient">The owner that received, base58; null for a burn.</param>
/// <param name="Amount">What the recipient received (for a burn: what the sender lost), in base units.</param>
/// <param name="Fee">What a Token-2022 transfer fee withheld on top, in base units: the sender lost <c>Amount + Fee</c>.</param>
public sealed record Movement(
    string Signature,
    int Index,
    MovementKind Kind,
    string? Sender,
    string? Recipient,
    ulong Amount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ulong Fee = 0);
