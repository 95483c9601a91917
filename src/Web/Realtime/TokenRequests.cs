using WildNOut.Actors.Engine;
using WildNOut.Chain;

namespace WildNOut.Web.Realtime;

/// <summary>Judges what hub clients ask of the token's feed.</summary>
internal static class TokenRequests
{
    /// <summary>What is said where no token is followed.</summary>
    public const string Off = "This deployment follows no token: no mint is configured.";

    /// <summary>What is wrong; null when nothing is.</summary>
    public static Rejection? Judge(TokenTail tail, string? wallet, long? afterPosition) =>
        !tail.IsOn ? new Rejection(RejectionKind.NotFound, "not_found", Off)
        : wallet is not null && !SolanaAddress.IsValid(wallet) ? Rejection.Invalid("wallet", SolanaAddress.Fault)
        : afterPosition < 0 ? Rejection.Invalid("afterPosition", "must be a whole number from 0")
        : null;
}
