using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>
/// A step of the schema in SQL. Both databases speak nearly the same, so a step is one text in which <c>{uuid}</c> and the like stand for what differs.
/// Steps only go forward: what went wrong is mended by a further step.
/// </summary>
public abstract class SqlMigration : ForwardOnlyMigration
{
    /// <summary>Runs a text on both databases.</summary>
    protected void Both(string sql)
    {
        Postgres(sql
            .Replace("{uuid}", "uuid", StringComparison.Ordinal)
            .Replace("{decimal}", "numeric", StringComparison.Ordinal)
            .Replace("{number of the row}", "", StringComparison.Ordinal)
            .Replace("{key}", "primary key", StringComparison.Ordinal)
            .Replace("{bytewise}", "collate \"C\"", StringComparison.Ordinal)
            .Replace("{updated often}", "with (fillfactor = 70)", StringComparison.Ordinal));
        Sqlite(sql
            .Replace("{uuid}", "text", StringComparison.Ordinal)
            .Replace("{decimal}", "text", StringComparison.Ordinal)
            .Replace("{number of the row}", "number integer primary key,", StringComparison.Ordinal)
            .Replace("{key}", "unique", StringComparison.Ordinal)
            .Replace("{bytewise}", "", StringComparison.Ordinal)
            .Replace("{updated often}", "", StringComparison.Ordinal));
    }

    /// <summary>Runs a text on PostgreSQL only.</summary>
    protected void Postgres(string sql) => IfDatabase(id => id.StartsWith("Postgre", StringComparison.OrdinalIgnoreCase)).Execute.Sql(sql);

    /// <summary>Runs a text on SQLite only.</summary>
    protected void Sqlite(string sql) => IfDatabase(id => id.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase)).Execute.Sql(sql);
}
