using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Wallets;

namespace WildNOut.Actors.Notifications;

/// <summary>Whoever holds so much more or less of the token that the tier is another hears so, each time.</summary>
public sealed class WalletNotificationsPolicy : Policy
{
    /// <inheritdoc />
    public override string Name => "wallet-notifications";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.Wallets];

    /// <inheritdoc />
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) => happened.Event is HolderTierChanged changed
        ? [new PolicyCommand(Inboxes.Of(changed.UserId), new Notify(NotificationKind.HolderTierChanged, happened.Id, Title(changed.Tier), Data(changed), changed.At))]
        : [];

    private static string Title(HolderTier tier) => tier == HolderTier.None
        ? "You hold none of the token any more."
        : $"Your holder tier is now {WireEnum<HolderTier>.Name(tier)}.";

    private static NotificationData Data(HolderTierChanged changed) =>
        new() { Tier = WireEnum<HolderTier>.Name(changed.Tier), TierBefore = WireEnum<HolderTier>.Name(changed.Before) };
}
