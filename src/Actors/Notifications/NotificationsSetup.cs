using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Notifications;

/// <summary>The capability of notifications: an inbox for each user, and what goes into it.</summary>
public sealed class NotificationsSetup : Capability
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions => [EntityRegion.Of(new InboxDefinition(), Idle)];

    /// <inheritdoc />
    public override IEnumerable<Projection> Projections => [new InboxProjection()];

    /// <inheritdoc />
    public override IEnumerable<Policy> Policies => [new BattleNotificationsPolicy(), new WalletNotificationsPolicy(), new UserNotificationsPolicy()];

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue)
    {
        var json = NotificationsJson.Default;
        catalogue
            .Add("inbox.notify.v1", json.Notify)
            .Add("inbox.mark-read.v1", json.MarkRead)
            .Add("inbox.mark-all-read.v1", json.MarkAllRead)
            .Add("inbox.set-preferences.v1", json.SetPreferences)
            .Add("inbox.empty.v1", json.EmptyInbox)
            .Add("inbox.notification-added.v1", json.NotificationAdded)
            .Add("inbox.notifications-read.v1", json.NotificationsRead)
            .Add("inbox.all-read.v1", json.AllNotificationsRead)
            .Add("inbox.notifications-let-go.v1", json.NotificationsLetGo)
            .Add("inbox.preferences-set.v1", json.PreferencesSet)
            .Add("inbox.get-unread.v1", json.GetUnread)
            .Add("inbox.get-preferences.v1", json.GetPreferences)
            .Add("inbox.unread.v1", json.UnreadCount)
            .Add("inbox.preferences.v1", json.InboxPreferences)
            .Add("inbox.snapshot.v1", json.InboxSnapshot);
    }
}
