using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Wallets;

/// <summary>What was signed in with a wallet ends with it: whoever gives a wallet up may do so because it is in other hands.</summary>
public sealed class SessionsPolicy : Policy
{
    /// <inheritdoc />
    public override string Name => "wallet-sessions";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.Wallets];

    /// <inheritdoc />
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) => happened.Event is WalletDisconnected gone
        ? [new PolicyCommand(WalletRegions.SessionsOf(gone.UserId), new EndSessionsOf(gone.Address))]
        : [];
}
