using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Users;

/// <summary>From events to rows, and from rows to what is listed.</summary>
internal static class UserRows
{
    private const int MostEventsOfARow = 1 << 16;

    /// <summary>A user's row after an event; null before the user exists.</summary>
    public static UserRow? After(UserRow? row, IUserEvent happened) => happened switch
    {
        UserJoined e => new UserRow { Id = e.UserId, Username = e.Username, CreatedAt = Milliseconds(e.At) },
        _ when row is null => null,
        IdentityLearned e => row with { IdentityRole = e.Role is { } role ? WireEnum<Role>.Name(role) : null },
        ProfileUpdated e => Searchable(row with
        {
            DisplayName = e.DisplayName,
            Bio = e.Bio,
            AvatarUrl = e.AvatarUrl,
            ShowWallets = e.ShowWallets,
            ShowHoldings = e.ShowHoldings,
        }),
        UsernameSet e => Searchable(row with { Username = e.Username }),
        UsernameLost e => Searchable(row with { Username = Usernames.Given(e.UserId) }),
        RoleGranted e => row with { GrantedRole = WireEnum<Role>.Name(e.Role) },
        RoleRevoked => row with { GrantedRole = null },
        PointsAwarded e => row with { Points = e.Balance },
        PointsDeducted e => row with { Points = e.Balance },
        LevelChanged e => row with { Level = e.Level },
        DeedRecorded e => Did(row, e.Deed),
        UserDeleted e => Emptied(row, e),
        _ => row,
    };

    /// <summary>The row of the ledger that a change of points is; null for other events.</summary>
    public static LedgerRow? Ledger(in JournalEvent happened) => happened.Event switch
    {
        PointsAwarded e => Ledger(happened, e.UserId, LedgerType.Credit, e.Amount, e.Reason, e.Source, e.Cause, e.Balance, e.At),
        PointsDeducted e => Ledger(happened, e.UserId, LedgerType.Debit, e.Amount, e.Reason, e.Source, e.Cause, e.Balance, e.At),
        _ => null,
    };

    /// <summary>A change of points as its user sees it.</summary>
    public static LedgerEntry View(LedgerRow row) => new(
        row.Id,
        row.UserId,
        WireEnum<LedgerType>.TryParse(row.Type, out var type) ? type : throw new InvalidOperationException($"'{row.Type}' is no type of a change of points."),
        row.Amount,
        row.Reason,
        row.Source,
        row.BalanceAfter,
        DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt));

    /// <summary>A user whose name has passed to another.</summary>
    public static UserRow Nameless(UserRow row) => Searchable(row with { Username = null });

    private static UserRow Searchable(UserRow row)
    {
        var key = row.DisplayName is { } name ? Key(name) : null;
        var chosen = row.Username is { } username && !username.StartsWith(Usernames.GivenPrefix, StringComparison.Ordinal) ? username : null;
        return row with { DisplayKey = key, Search = key is null ? chosen : chosen is null ? key : $"{chosen} {key}" };
    }

    /// <summary>A text as it is searched: small letters.</summary>
    public static string Key(string text) => text.ToLowerInvariant();

    private static UserRow Did(UserRow row, Deed deed) => deed.Kind switch
    {
        DeedKind.EntrySubmitted => row with { Entries = row.Entries + 1 },
        DeedKind.BattleCompleted => row with { Battles = row.Battles + 1, Wins = row.Wins + (deed.Rank == 1 ? 1 : 0) },
        DeedKind.VoteCast => row with { Votes = row.Votes + 1 },
        DeedKind.ContentPublished => row with { Contents = row.Contents + 1 },
        DeedKind.CommentCreated => row with { Comments = row.Comments + 1 },
        _ => row,
    };

    /// <summary>What was earned stays, so that totals do; who earned it is not said any more.</summary>
    private static UserRow Emptied(UserRow row, UserDeleted e) => row with
    {
        Username = null,
        DisplayName = null,
        DisplayKey = null,
        Bio = null,
        AvatarUrl = null,
        GrantedRole = null,
        IdentityRole = null,
        ShowWallets = false,
        ShowHoldings = false,
        Search = null,
        DeletedAt = Milliseconds(e.At),
    };

    private static LedgerRow Ledger(
        in JournalEvent happened, string userId, LedgerType type, long amount, string reason, string source, string cause, long balance, DateTimeOffset at) => new()
    {
        Number = happened.Offset * MostEventsOfARow + happened.Index,
        Id = IdOf(happened.Id, at),
        UserId = userId,
        Type = WireEnum<LedgerType>.Name(type),
        Amount = amount,
        Reason = reason,
        Source = source,
        Cause = cause,
        BalanceAfter = balance,
        CreatedAt = Milliseconds(at),
    };

    private static Guid IdOf(string happened, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes + 8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Milliseconds(at) << 16);
        SHA256.HashData(Encoding.UTF8.GetBytes(happened), bytes[6..]);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
