using System.Text.Json.Serialization;
using LinqToDB.Mapping;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>A user in the read model. Instants are unix milliseconds.</summary>
[Table("users")]
public sealed record UserRow
{
    /// <summary>The user.</summary>
    [Column("id"), PrimaryKey]
    public string Id { get; init; } = "";

    /// <summary>In small letters; null for who is no more.</summary>
    [Column("username")]
    public string? Username { get; init; }

    /// <summary>Null for none.</summary>
    [Column("display_name")]
    public string? DisplayName { get; init; }

    /// <summary>The display name in small letters, to find it by.</summary>
    [Column("display_key")]
    public string? DisplayKey { get; init; }

    /// <summary>Null for none.</summary>
    [Column("bio")]
    public string? Bio { get; init; }

    /// <summary>Null for none.</summary>
    [Column("avatar_url")]
    public string? AvatarUrl { get; init; }

    /// <summary>The role an admin granted, by its name on the wire; null for none.</summary>
    [Column("granted_role")]
    public string? GrantedRole { get; init; }

    /// <summary>The role with the identity provider; null for none.</summary>
    [Column("identity_role")]
    public string? IdentityRole { get; init; }

    /// <summary>Whether everybody sees the wallets.</summary>
    [Column("show_wallets")]
    public bool ShowWallets { get; init; }

    /// <summary>Whether everybody sees the holdings.</summary>
    [Column("show_holdings")]
    public bool ShowHoldings { get; init; }

    /// <summary>The balance.</summary>
    [Column("points")]
    public long Points { get; init; }

    /// <summary>From 1.</summary>
    [Column("level")]
    public long Level { get; init; } = 1;

    /// <summary>Things published.</summary>
    [Column("contents")]
    public long Contents { get; init; }

    /// <summary>Comments written.</summary>
    [Column("comments")]
    public long Comments { get; init; }

    /// <summary>Battles entered.</summary>
    [Column("entries")]
    public long Entries { get; init; }

    /// <summary>Battles entered that have their results.</summary>
    [Column("battles")]
    public long Battles { get; init; }

    /// <summary>Battles won.</summary>
    [Column("wins")]
    public long Wins { get; init; }

    /// <summary>Votes cast.</summary>
    [Column("votes")]
    public long Votes { get; init; }

    /// <summary>What is searched: the chosen name and the display name, in small letters; null for who has neither.</summary>
    [Column("search")]
    public string? Search { get; init; }

    /// <summary>Since when the user exists.</summary>
    [Column("created_at")]
    public long CreatedAt { get; init; }

    /// <summary>When the account was given up; null while it is not.</summary>
    [Column("deleted_at")]
    public long? DeletedAt { get; init; }

    /// <summary>The higher of the two roles.</summary>
    [JsonIgnore]
    public Role Role => (Role)Math.Max((int)Parse(GrantedRole), (int)Parse(IdentityRole));

    private static Role Parse(string? name) => name is not null && WireEnum<Role>.TryParse(name, out var role) ? role : Role.User;
}

/// <summary>A change of points in the read model.</summary>
[Table("points_ledger")]
public sealed record LedgerRow
{
    /// <summary>The place of its event in the journal: rises with time, within a user and over all.</summary>
    [Column("number"), PrimaryKey]
    public long Number { get; init; }

    /// <summary>A UUIDv7 made from the event, the same after a rebuild.</summary>
    [Column("id")]
    public Guid Id { get; init; }

    /// <summary>Whose points.</summary>
    [Column("user_id")]
    public string UserId { get; init; } = "";

    /// <summary>A <see cref="LedgerType"/> by its name on the wire.</summary>
    [Column("type")]
    public string Type { get; init; } = "";

    /// <summary>At least 1.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>Why.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>What or who changed them.</summary>
    [Column("source")]
    public string Source { get; init; } = "";

    /// <summary>What makes the change one among all of the user's.</summary>
    [Column("cause")]
    public string Cause { get; init; } = "";

    /// <summary>The points after it.</summary>
    [Column("balance_after")]
    public long BalanceAfter { get; init; }

    /// <summary>When, in unix milliseconds.</summary>
    [Column("created_at")]
    public long CreatedAt { get; init; }
}

/// <summary>A user of whom every request must know something: a granted role, or that the account was given up.</summary>
[Table("user_standings")]
public sealed record StandingRow
{
    /// <summary>The user.</summary>
    [Column("user_id"), PrimaryKey]
    public string UserId { get; init; } = "";

    /// <summary>The granted role by its name on the wire; null for none.</summary>
    [Column("granted_role")]
    public string? GrantedRole { get; init; }

    /// <summary>Whether the account was given up.</summary>
    [Column("deleted")]
    public bool Deleted { get; init; }

    /// <summary>The position in the journal of what made it so; whoever has seen a number has seen all lower ones.</summary>
    [Column("number")]
    public long Number { get; init; }
}
