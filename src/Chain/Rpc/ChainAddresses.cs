namespace WildNOut.Chain.Rpc;

/// <summary>Where the chain is asked: what the options say, or where the built-in devnet listens.</summary>
/// <param name="Primaries">HTTP endpoints asked first, best first.</param>
/// <param name="Fallbacks">HTTP endpoints asked when no primary can answer, best first.</param>
/// <param name="WebSocket">The WebSocket endpoint; null to poll only.</param>
public sealed record ChainAddresses(IReadOnlyList<Uri> Primaries, IReadOnlyList<Uri> Fallbacks, Uri? WebSocket);
