namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>A movement without its place and kind.</summary>
/// <param name="Sender">The owner that lost <c>Amount + Fee</c>; null for new tokens.</param>
/// <param name="Recipient">The owner that received the amount; null for a burn.</param>
/// <param name="Amount">Base units.</param>
/// <param name="Fee">Base units withheld by a transfer fee.</param>
internal readonly record struct Flow(string? Sender, string? Recipient, ulong Amount, ulong Fee);
