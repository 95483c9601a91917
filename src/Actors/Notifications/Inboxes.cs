using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Notifications;

/// <summary>Where inboxes live.</summary>
public static class Inboxes
{
    /// <summary>The inbox of a user.</summary>
    public static EntityAddress Of(string userId) => new(Names.Regions.Inbox, userId);
}
