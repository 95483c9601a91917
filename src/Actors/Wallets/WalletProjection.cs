using System.Globalization;
using LinqToDB;
using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Wallets;

/// <summary>Keeps linked wallets in the read model. An address has one row, so that it can have one user only.</summary>
public sealed class WalletProjection : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "wallets";

    /// <inheritdoc />
    public override string Name => Key;

    /// <inheritdoc />
    public override Task ResetAsync(DataConnection database, CancellationToken cancellation) => database.ExecuteAsync("delete from wallets", cancellation);

    /// <inheritdoc />
    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        foreach (var happened in events)
        {
            await (happened.Event switch
            {
                WalletConnected e => database.InsertOrReplaceAsync(RowOf(e), token: cancellation),
                HoldingsSet e => SetAsync(database, e, cancellation),
                WalletDisconnected e => database.GetTable<WalletRow>().Where(row => row.Address == e.Address && row.UserId == e.UserId).DeleteAsync(cancellation),
                _ => Task.CompletedTask,
            });
        }
    }

    private static WalletRow RowOf(WalletConnected e) => new()
    {
        Address = e.Address,
        UserId = e.UserId,
        LinkedAt = e.At.ToUnixTimeMilliseconds(),
        DueAt = e.At.ToUnixTimeMilliseconds(),
    };

    /// <summary>A wallet that changed hands meanwhile keeps what its new user's readings say.</summary>
    private static Task<int> SetAsync(DataConnection database, HoldingsSet e, CancellationToken cancellation) => database.GetTable<WalletRow>()
        .Where(row => row.Address == e.Address && row.UserId == e.UserId)
        .Set(row => row.Amount, e.Amount.ToString(CultureInfo.InvariantCulture))
        .Set(row => row.Slot, e.Slot.ToString(CultureInfo.InvariantCulture))
        .UpdateAsync(cancellation);
}
