using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Mapping;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Wallets;

/// <summary>A linked wallet in the read model. Instants are unix milliseconds.</summary>
[Table("wallets")]
public sealed record WalletRow
{
    /// <summary>The wallet, base58.</summary>
    [Column("address"), PrimaryKey]
    public string Address { get; init; } = "";

    /// <summary>Whose it is.</summary>
    [Column("user_id")]
    public string UserId { get; init; } = "";

    /// <summary>Base units as decimal digits, exact whatever the database; null before the first reading.</summary>
    [Column("amount")]
    public string? Amount { get; init; }

    /// <summary>The slot of the reading.</summary>
    [Column("slot")]
    public string? Slot { get; init; }

    /// <summary>When it was linked.</summary>
    [Column("linked_at")]
    public long LinkedAt { get; init; }

    /// <summary>When it must be read next. Not from the journal: a rebuild makes all wallets due.</summary>
    [Column("due_at")]
    public long DueAt { get; init; }
}

/// <summary>A wallet to read.</summary>
/// <param name="Address">The wallet.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="DueAt">Since when, in unix milliseconds.</param>
public sealed record DueWallet(string Address, string UserId, long DueAt);

/// <summary>Linked wallets as the read model knows them; it follows the entities within a second.</summary>
public sealed class WalletTables(ReadModelDatabase database)
{
    private const int AtOnce = 500;

    /// <summary>Which of many addresses belong to a user, and to whom.</summary>
    public async Task<IReadOnlyDictionary<string, string>> BoundAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        var rows = await connection.ListAmongAsync((WalletRow row) => row.Address, addresses, cancellation);
        return rows.ToDictionary(row => row.Address, row => row.UserId, StringComparer.Ordinal);
    }

    /// <summary>The wallets to read by an instant, those that have waited longest first.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<DueWallet>> DueAsync(DateTimeOffset before, int limit, CancellationToken cancellation = default)
    {
        var instant = before.ToUnixTimeMilliseconds();
        await using var connection = database.Open();
        return await connection.GetTable<WalletRow>()
            .Where(row => row.DueAt <= instant)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Address)
            .Take(limit)
            .Select(row => new DueWallet(row.Address, row.UserId, row.DueAt))
            .ToListAsync(cancellation);
    }

    /// <summary>Notes when a wallet must be read next, unless it has become due anew since <paramref name="wallet"/> was found due.</summary>
    public async Task PostponeAsync(DueWallet wallet, DateTimeOffset until, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        await connection.GetTable<WalletRow>()
            .Where(row => row.Address == wallet.Address && row.DueAt == wallet.DueAt)
            .Set(row => row.DueAt, until.ToUnixTimeMilliseconds())
            .UpdateAsync(cancellation);
    }

    /// <summary>Something happened to these addresses: those that are linked are read again at once.</summary>
    public async Task TouchAsync(IReadOnlyCollection<string> addresses, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var instant = now.ToUnixTimeMilliseconds();
        await using var connection = database.Open();
        foreach (var some in addresses.Chunk(AtOnce))
        {
            await connection.Among((WalletRow row) => row.Address, some)
                .Set(row => row.DueAt, instant)
                .UpdateAsync(cancellation);
        }
    }
}
