using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Notifications;

/// <summary>What somebody is notified of; each kind can be switched off.</summary>
[JsonConverter(typeof(WireEnumConverter<NotificationKind>))]
public enum NotificationKind
{
    /// <summary>A battle that one entered has its results.</summary>
    BattleCompleted,

    /// <summary>A moderator judged one's entry.</summary>
    EntryModerated,

    /// <summary>One holds so much more or less of the token that one's tier is another.</summary>
    HolderTierChanged,

    /// <summary>One has earned an achievement.</summary>
    AchievementEarned,

    /// <summary>One's points have reached a higher level.</summary>
    LevelUp,

    /// <summary>An admin granted one a role.</summary>
    RoleGranted,

    /// <summary>An admin gave one points, or took some away.</summary>
    PointsChanged,
}
