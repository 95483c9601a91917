using System.Text.Json;
using LinqToDB;
using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users;

/// <summary>Keeps users, the ledger of their points, and what every request must know of some of them.</summary>
public sealed class UserProjection : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "users";

    private const int AtOnce = 500;

    private static readonly (string Name, string Type)[] Columns =
    [
        ("id", "text"), ("username", "text"), ("display_name", "text"), ("display_key", "text"), ("bio", "text"), ("avatar_url", "text"),
        ("granted_role", "text"), ("identity_role", "text"), ("show_wallets", "boolean"), ("show_holdings", "boolean"), ("points", "bigint"), ("level", "bigint"),
        ("contents", "bigint"), ("comments", "bigint"), ("entries", "bigint"), ("battles", "bigint"), ("wins", "bigint"), ("votes", "bigint"),
        ("search", "text"), ("created_at", "bigint"), ("deleted_at", "bigint"),
    ];

    private static readonly string Names = string.Join(", ", Columns.Select(column => column.Name));

    private static readonly string Replacing =
        "on conflict (id) do update set " + string.Join(", ", Columns.Skip(1).Select(column => $"{column.Name} = excluded.{column.Name}"));

    private static readonly string PostgresUpsert =
        $"insert into users ({Names}) select {Names} from jsonb_to_recordset(cast(@rows as jsonb)) as rows "
        + $"({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"))}) {Replacing}";

    private static readonly string SqliteUpsert =
        $"insert into users ({Names}) select {string.Join(", ", Columns.Select(column => $"value ->> '{column.Name}'"))} from json_each(@rows) where true {Replacing}";

    private const string StandingUpsert =
        "insert into user_standings (user_id, granted_role, deleted, number) values (@user, @role, @deleted, @number) "
        + "on conflict (user_id) do update set granted_role = excluded.granted_role, deleted = excluded.deleted, number = excluded.number "
        + "where user_standings.number < excluded.number";

    /// <inheritdoc />
    public override string Name => Key;

    /// <summary>Standings stay: a request must never be judged without them, and the newest of each comes out of the events again in any case.</summary>
    public override async Task ResetAsync(DataConnection database, CancellationToken cancellation)
    {
        foreach (var table in new[] { "points_ledger", "users" })
        {
            await database.EmptyAsync(table, cancellation);
        }
    }

    /// <inheritdoc />
    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        var touched = UserChanges.Touched(events);
        if (touched.Count == 0)
        {
            return;
        }

        var known = await database.ListAmongAsync((UserRow row) => row.Id, touched, cancellation);

        await WriteAsync(database, UserChanges.Of(known, events), cancellation);
    }

    private static async Task WriteAsync(DataConnection database, UserChanges changes, CancellationToken cancellation)
    {
        await VacateAsync(database, changes, cancellation);
        if (changes.Users.Count > 0)
        {
            await database.ExecuteAsync(
                database.IsPostgres() ? PostgresUpsert : SqliteUpsert,
                cancellation,
                new DataParameter("rows", JsonSerializer.Serialize(changes.Users, UserRowsJson.Default.IReadOnlyListUserRow), DataType.Text));
        }

        await database.InsertAllAsync(changes.Ledger, cancellation);

        foreach (var standing in changes.Standings)
        {
            await database.ExecuteAsync(
                StandingUpsert,
                cancellation,
                new DataParameter("user", standing.UserId, DataType.Text),
                new DataParameter("role", standing.GrantedRole, DataType.Text),
                new DataParameter("deleted", standing.Deleted, DataType.Boolean),
                new DataParameter("number", standing.Number, DataType.Int64));
        }
    }

    /// <summary>
    /// A name may pass from one user to another within a run, and one whose claim lapsed has two bearers until the first hears of it. So names are taken from whoever bears
    /// them before anybody is written: the newest bearer has it.
    /// </summary>
    private static async Task VacateAsync(DataConnection database, UserChanges changes, CancellationToken cancellation)
    {
        foreach (var some in changes.Renamed.Chunk(AtOnce))
        {
            await database.Among((UserRow row) => row.Id, some).Set(row => row.Username, (string?)null).UpdateAsync(cancellation);
        }

        foreach (var some in changes.Names.Chunk(AtOnce))
        {
            await database.Among((UserRow row) => row.Username, some).Set(row => row.Username, (string?)null).Set(row => row.Search, row => row.DisplayKey).UpdateAsync(cancellation);
        }
    }
}
