using System.Text.Json;

namespace WildNOut.Chain.Rpc;

/// <summary>Codes of Solana's JSON-RPC, and which of them are no answer.</summary>
internal static class ErrorCodes
{
    public const int BlockNotAvailable = -32004;
    public const int NodeUnhealthy = -32005;
    public const int SlotSkipped = -32007;
    public const int LongTermStorageSlotSkipped = -32009;
    public const int BlockStatusNotAvailableYet = -32014;
    public const int UnsupportedVersion = -32015;
    public const int MinContextSlotNotReached = -32016;
    public const int LongTermStorageUnreachable = -32019;

    /// <summary>A signature given as <c>before</c> or <c>until</c> is not known, since Agave 4.0.</summary>
    public const int UnknownSignature = -32020;

    /// <summary>The code that some put into the body instead of the status.</summary>
    public const int TooManyRequests = 429;

    /// <summary>What an error says of the endpoint.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="message">Its message.</param>
    /// <param name="data">Its data; undefined when there are none.</param>
    public static Verdict Judge(int code, string message, JsonElement data) => code switch
    {
        TooManyRequests => Verdict.Throttled,
        BlockNotAvailable or BlockStatusNotAvailableYet or LongTermStorageUnreachable => Verdict.NotNow,
        MinContextSlotNotReached => Verdict.Behind,
        // Some vendors use it for throttling; the node itself says how far it is behind.
        NodeUnhealthy when TellsLag(data) || message.Contains("unhealthy", StringComparison.OrdinalIgnoreCase) => Verdict.Behind,
        NodeUnhealthy => Verdict.Throttled,
        _ => Verdict.Answered,
    };

    private static bool TellsLag(JsonElement data) => data.ValueKind == JsonValueKind.Object && data.TryGetProperty("numSlotsBehind", out _);
}
