using WildNOut.Actors.Users.Achievements;

namespace WildNOut.Actors.Users;

/// <summary>What a user did, in numbers; each deed is counted once.</summary>
public sealed record Counters
{
    /// <summary>Nothing yet.</summary>
    public static readonly Counters None = new();

    /// <summary>Battles entered.</summary>
    public long Entries { get; init; }

    /// <summary>Battles entered that have their results.</summary>
    public long Battles { get; init; }

    /// <summary>Battles won: rank 1 of a completed battle.</summary>
    public long Wins { get; init; }

    /// <summary>Votes cast.</summary>
    public long Votes { get; init; }

    /// <summary>Things published.</summary>
    public long Contents { get; init; }

    /// <summary>Comments written.</summary>
    public long Comments { get; init; }

    /// <summary>Reactions to what is theirs.</summary>
    public long Reactions { get; init; }

    /// <summary>Followers ever gained.</summary>
    public long Followers { get; init; }

    /// <summary>The most whole tokens ever verified.</summary>
    public long Tokens { get; init; }

    /// <summary>The days on which they were here.</summary>
    public LoginDays Seen { get; init; } = LoginDays.None;

    /// <summary>Battles won of those completed, in whole percent rounded down.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int WinRate => Battles == 0 ? 0 : (int)(Wins * 100 / Battles);

    /// <summary>The counters after a deed that counts.</summary>
    public Counters After(Deed deed) => deed.Kind switch
    {
        DeedKind.EntrySubmitted => this with { Entries = Entries + 1 },
        DeedKind.BattleCompleted => this with { Battles = Battles + 1, Wins = Wins + (deed.Rank == 1 ? 1 : 0) },
        DeedKind.VoteCast => this with { Votes = Votes + 1 },
        DeedKind.ContentPublished => this with { Contents = Contents + 1 },
        DeedKind.CommentCreated => this with { Comments = Comments + 1 },
        DeedKind.ReactionReceived => this with { Reactions = Reactions + 1 },
        DeedKind.FollowerGained => this with { Followers = Followers + 1 },
        DeedKind.TokensHeld => this with { Tokens = Math.Max(Tokens, deed.Tokens ?? 0) },
        DeedKind.DaySeen => this with { Seen = Seen.See(DateOnly.FromDateTime(deed.At.UtcDateTime)) },
        _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, "There is no such deed."),
    };
}

/// <summary>Days of UTC as numbers.</summary>
internal static class Days
{
    /// <summary>Days since 1970.</summary>
    public static int Of(DateTimeOffset at) => (int)Math.Floor((at - DateTimeOffset.UnixEpoch).TotalDays);
}
