using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Wallets;

/// <summary>The capability of wallets: challenges, whom an address belongs to, holdings, and the sessions that a wallet opens.</summary>
public sealed class WalletsSetup : Capability
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions =>
    [
        EntityRegion.Of(new ChallengeDefinition(), Idle),
        EntityRegion.Of(new AddressDefinition(), Idle),
        EntityRegion.Of(new WalletsDefinition(), Idle),
        EntityRegion.Of(new SessionsDefinition(), Idle),
    ];

    /// <inheritdoc />
    public override IEnumerable<Projection> Projections => [new WalletProjection()];

    /// <inheritdoc />
    public override IEnumerable<Policy> Policies => [new SessionsPolicy()];

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue)
    {
        var json = WalletsJson.Default;
        catalogue
            .Add("wallet.issue-challenge.v1", json.IssueChallenge)
            .Add("wallet.use-challenge.v1", json.UseChallenge)
            .Add("wallet.challenge-issued.v1", json.ChallengeIssued)
            .Add("wallet.challenge-used.v1", json.ChallengeUsed)
            .Add("wallet.challenge.v1", json.Challenge)
            .Add("wallet.challenge-snapshot.v1", json.ChallengeState)
            .Add("wallet.claim-address.v1", json.ClaimAddress)
            .Add("wallet.confirm-address.v1", json.ConfirmAddress)
            .Add("wallet.release-address.v1", json.ReleaseAddress)
            .Add("wallet.get-address-owner.v1", json.GetAddressOwner)
            .Add("wallet.address-claimed.v1", json.AddressClaimed)
            .Add("wallet.address-confirmed.v1", json.AddressConfirmed)
            .Add("wallet.address-released.v1", json.AddressReleased)
            .Add("wallet.claim-reply.v1", json.ClaimReply)
            .Add("wallet.address-owner.v1", json.AddressOwner)
            .Add("wallet.address-snapshot.v1", json.AddressState);
        catalogue
            .Add("wallet.link.v1", json.LinkWallet)
            .Add("wallet.disconnect.v1", json.DisconnectWallet)
            .Add("wallet.close.v1", json.CloseWallets)
            .Add("wallet.closed.v1", json.WalletsClosed)
            .Add("wallet.set-holdings.v1", json.SetHoldings)
            .Add("wallet.hear-address.v1", json.HearAddress)
            .Add("wallet.holdings-checked.v1", json.HoldingsChecked)
            .Add("wallet.connected.v1", json.WalletConnected)
            .Add("wallet.confirmed.v1", json.WalletConfirmed)
            .Add("wallet.disconnected.v1", json.WalletDisconnected)
            .Add("wallet.claim-returned.v1", json.ClaimReturned)
            .Add("wallet.released.v1", json.WalletReleased)
            .Add("wallet.holdings-set.v1", json.HoldingsSet)
            .Add("wallet.tier-changed.v1", json.HolderTierChanged)
            .Add("wallet.get-all.v1", json.GetWallets)
            .Add("wallet.get-holdings-at.v1", json.GetHoldingsAt)
            .Add("wallet.view.v1", json.WalletView)
            .Add("wallet.all.v1", json.WalletsView)
            .Add("wallet.holdings-then.v1", json.HoldingsThen)
            .Add("wallet.noted.v1", json.Noted)
            .Add("wallet.snapshot.v1", json.WalletsSnapshot);
        catalogue
            .Add("session.start.v1", json.StartSession)
            .Add("session.refresh.v1", json.RefreshSession)
            .Add("session.log-out.v1", json.LogOut)
            .Add("session.end-all.v1", json.EndAllSessions)
            .Add("session.end.v1", json.EndSession)
            .Add("session.end-of-address.v1", json.EndSessionsOf)
            .Add("session.get-all.v1", json.GetSessions)
            .Add("session.started.v1", json.SessionStarted)
            .Add("session.refreshed.v1", json.SessionRefreshed)
            .Add("session.ended.v1", json.SessionEnded)
            .Add("session.view.v1", json.SessionView)
            .Add("session.all.v1", json.SessionsView)
            .Add("session.snapshot.v1", json.SessionsState);
    }
}
