using WildNOut.Actors.Engine;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Wallets;
using Xunit;

namespace WildNOut.Actors.Tests.Wallets;

public sealed class WalletsSpec
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_wallet_is_linked_once_its_address_has_granted_the_claim()
    {
        var wallets = Nobody();
        wallets.When(new LinkWallet("X"), Now).ThenAsks(new Question("claim:X", new EntityAddress("wallet", "X"), new ClaimAddress("ann")));
        wallets.When(Heard("X", 3, ClaimStatus.Claimed), Now).Then(Connected("X", 3)).Replying(Noted.Instance);
        wallets.When(new LinkWallet("X"), Now).ThenNothingHappens().Replying(new WalletView("X", Now, null, null, null, null));
    }

    [Fact]
    public void The_address_is_told_until_it_has_confirmed()
    {
        var wallets = Nobody().Given(Connected("X", 3));
        Assert.Equal([new Question("confirm:X", new EntityAddress("wallet", "X"), new ConfirmAddress("ann", 3))], Owed(wallets));
        wallets.When(Heard("X", 3, ClaimStatus.Confirmed), Now).Then(new WalletConfirmed("ann", "X", 3, Now));
        Assert.Empty(Owed(wallets));
        wallets.When(Heard("X", 3, ClaimStatus.Confirmed), Now).ThenNothingHappens();
    }

    [Fact]
    public void A_claim_that_lapsed_takes_the_wallet_with_it()
    {
        var wallets = Nobody().Given(Connected("X", 3), Set("X", 5_000_000));
        wallets.When(Heard("X", 2, ClaimStatus.Lost), Now).ThenNothingHappens();
        wallets.Given(new HolderTierChanged("ann", HolderTier.Bronze, HolderTier.None, Now));
        wallets.When(Heard("X", 3, ClaimStatus.Lost), Now).Then(
            new WalletDisconnected("ann", "X", 3, true, Now), new HolderTierChanged("ann", HolderTier.None, HolderTier.Bronze, Now));
        Assert.Empty(Owed(wallets));
    }

    [Fact]
    public void A_wallet_that_is_disconnected_is_gone_at_once_and_its_address_is_told_until_it_is_free()
    {
        var wallets = Nobody().Given(Connected("X", 3), new WalletConfirmed("ann", "X", 3, Now));
        wallets.When(new DisconnectWallet("X"), Now).Then(new WalletDisconnected("ann", "X", 3, false, Now));
        wallets.When(new DisconnectWallet("X"), Now).ThenRejected(RejectionKind.NotFound, "not_found");
        Assert.Equal([new Question("release:X", new EntityAddress("wallet", "X"), new ReleaseAddress("ann", 3))], Owed(wallets));
        wallets.When(Heard("X", 3, ClaimStatus.Released), Now).Then(new WalletReleased("ann", "X", 3, Now));
        Assert.Empty(Owed(wallets));
        wallets.When(Heard("X", 3, ClaimStatus.Released), Now).ThenNothingHappens();
    }

    [Fact]
    public void A_wallet_that_is_linked_again_waits_for_its_release_to_arrive()
    {
        var wallets = Nobody().Given(Connected("X", 3), new WalletDisconnected("ann", "X", 3, false, Now));
        wallets.When(new LinkWallet("X"), Now).ThenAsks(new Question("release:X", new EntityAddress("wallet", "X"), new ReleaseAddress("ann", 3)));
        wallets.Given(new WalletReleased("ann", "X", 3, Now));
        wallets.When(new LinkWallet("X"), Now).ThenAsks(new Question("claim:X", new EntityAddress("wallet", "X"), new ClaimAddress("ann")));
    }

    [Fact]
    public void A_user_has_ten_wallets_at_the_most_also_when_the_eleventh_was_granted_meanwhile()
    {
        var wallets = Nobody().Given(Enumerable.Range(0, 10).Select(i => Connected($"W{i}", 1)));
        wallets.When(new LinkWallet("X"), Now).ThenRejected(RejectionKind.Conflict, "too_many_wallets");
        wallets.When(Heard("X", 7, ClaimStatus.Claimed), Now).ThenRejected(RejectionKind.Conflict, "too_many_wallets", new ClaimReturned("ann", "X", 7, Now));
        Assert.Contains(new Question("release:X", new EntityAddress("wallet", "X"), new ReleaseAddress("ann", 7)), Owed(wallets));
        wallets.When(new LinkWallet("W3"), Now).ThenNothingHappens();
    }

    [Fact]
    public void Its_user_is_told_of_every_change()
    {
        var definition = new WalletsDefinition();
        var state = definition.Empty("ann");
        var told = new List<string>();
        foreach (IWalletsEvent happened in new IWalletsEvent[]
        {
            Connected("X", 1), Set("X", 1), new HolderTierChanged("ann", HolderTier.Bronze, HolderTier.None, Now), new WalletDisconnected("ann", "X", 1, false, Now),
        })
        {
            state = definition.Evolve(state, happened);
            told.AddRange(definition.Announce(state, happened).Select(news => $"{news.Channel} {news.Type} {System.Text.Encoding.UTF8.GetString(news.Data.Span)}"));
        }

        Assert.Equal(
            [
                """user:ann wallet.connected {"address":"X","linkedAt":"2026-03-01T12:00:00.000Z","amount":null,"slot":null,"at":null,"failedAt":null}""",
                """user:ann holder.tier_changed {"tier":"bronze","before":"none"}""",
                """user:ann wallet.disconnected {"address":"X"}""",
            ],
            told);
    }

    [Fact]
    public void A_snapshot_keeps_everything()
    {
        var definition = new WalletsDefinition();
        var state = Nobody().Given(
            Connected("X", 3), Set("X", 5_000_000), new HolderTierChanged("ann", HolderTier.Bronze, HolderTier.None, Now), new WalletConfirmed("ann", "X", 3, Now),
            Connected("Y", 1), new WalletDisconnected("ann", "Y", 1, false, Now.AddMinutes(1))).State;
        var thawed = definition.Thaw("ann", Wire.RoundTrip((WalletsSnapshot)definition.Freeze(state)));
        Assert.Equal(Wire.Json(WalletsSnapshot.Of(state)), Wire.Json(WalletsSnapshot.Of(thawed)));
        Assert.Equal(state.UserId, thawed.UserId);
    }

    internal static Scenario<WalletsState, IWalletsCommand, IWalletsEvent> Nobody() => new(new WalletsDefinition(), "ann");

    internal static WalletConnected Connected(string address, long claim, DateTimeOffset? at = null) => new("ann", address, claim, at ?? Now);

    internal static HoldingsSet Set(string address, ulong amount, ulong slot = 10, DateTimeOffset? at = null) => new("ann", address, amount, slot, 6, at ?? Now);

    private static HearAddress Heard(string address, long claim, ClaimStatus status) => new(new ClaimReply(address, claim, status));

    private static IReadOnlyList<Question> Owed(Scenario<WalletsState, IWalletsCommand, IWalletsEvent> wallets) => new WalletsDefinition().Outbox(wallets.State);
}
