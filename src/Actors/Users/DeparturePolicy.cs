using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Wallets;

namespace WildNOut.Actors.Users;

/// <summary>Who gives the account up leaves no wallet bound and no session open.</summary>
public sealed class DeparturePolicy : Policy
{
    /// <inheritdoc />
    public override string Name => "user-departures";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.User];

    /// <inheritdoc />
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) => happened.Event is UserDeleted gone
        ?
        [
            new PolicyCommand(WalletRegions.SessionsOf(gone.UserId), new EndAllSessions()),
            new PolicyCommand(WalletRegions.OfUser(gone.UserId), new CloseWallets()),
        ]
        : [];
}
