using Microsoft.Data.Sqlite;
using Npgsql;

namespace WildNOut.Actors.Engine.ReadModel;

/// <summary>The databases that the platform runs on.</summary>
public enum DatabaseKind
{
    /// <summary>One file, one process.</summary>
    Sqlite,

    /// <summary>For any cluster.</summary>
    Postgres,
}

/// <summary>A parsed <c>DATABASE_URL</c>: <c>postgresql://user:password@host:port/name?Key=Value</c> or <c>sqlite:path</c>.</summary>
/// <param name="Kind">Which database.</param>
/// <param name="ConnectionString">For its ADO.NET provider. Holds the password: never log it.</param>
/// <param name="Name">The database's name, or the file's full path.</param>
public sealed record DatabaseAddress(DatabaseKind Kind, string ConnectionString, string Name)
{
    private const string SqlitePrefix = "sqlite:";

    /// <summary>Parses an address. Query parameters of a postgresql:// address are keywords of an Npgsql connection string.</summary>
    /// <param name="url">The address.</param>
    /// <param name="poolSize">The most connections of the pool, at least 2.</param>
    /// <param name="purpose">What the connections are for, behind the name of the application that the database shows; each purpose has a pool of its own.</param>
    /// <exception cref="FormatException">The address is neither form; the message never holds the password.</exception>
    public static DatabaseAddress Parse(string url, int poolSize, string? purpose = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poolSize, 2);
        if (url.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase))
        {
            return Sqlite(url[SqlitePrefix.Length..]);
        }

        if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "postgresql" or "postgres")
        {
            return Postgres(address, poolSize, purpose);
        }

        throw new FormatException("A database address is postgresql://user:password@host:port/name or sqlite:path.");
    }

    private static DatabaseAddress Sqlite(string path)
    {
        var trimmed = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
        if (trimmed.Length == 0)
        {
            throw new FormatException("sqlite: needs a path.");
        }

        var file = Path.GetFullPath(trimmed);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var builder = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 };
        return new DatabaseAddress(DatabaseKind.Sqlite, builder.ConnectionString, file);
    }

    private static DatabaseAddress Postgres(Uri address, int poolSize, string? purpose)
    {
        var user = address.UserInfo.Split(':', 2);
        var name = Uri.UnescapeDataString(address.AbsolutePath.Trim('/'));
        if (name.Length == 0)
        {
            throw new FormatException("A postgresql:// address needs the name of a database after the host.");
        }

        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port > 0 ? address.Port : 5432,
            Database = name,
            NoResetOnClose = true,
            Timeout = 5,
            CommandTimeout = 30,
            KeepAlive = 10,
            // The same statements come again and again: parsing the journal's anew cost a tenth of the votes with 64 connections.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            ApplicationName = "wildnout",
            // Every query here reads few rows by an index. Where the estimate of one is far off, parallel workers and compiled code cost 60 ms before the first row.
            Options = "-c max_parallel_workers_per_gather=0 -c jit=off",
        };
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            Set(builder, Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        if (builder.ShouldSerialize("Maximum Pool Size"))
        {
            // One number for all pools would be too small for those who keep their connections, and they would wait for ever.
            throw new FormatException("The database address says how large a pool is: that is for DB_POOL_SIZE and DB_READ_POOL_SIZE.");
        }

        builder.MaxPoolSize = poolSize;
        builder.ApplicationName = $"{builder.ApplicationName} {purpose}".TrimEnd();
        return new DatabaseAddress(DatabaseKind.Postgres, builder.ConnectionString, name);
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string key, string value)
    {
        try
        {
            // Options of one's own come behind those above; none at all, as some poolers want it, is an empty text.
            builder[key == "sslmode" ? "SSL Mode" : key] = key.Equals(nameof(builder.Options), StringComparison.OrdinalIgnoreCase) && value.Length > 0 ? $"{builder.Options} {value}" : value;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            throw new FormatException($"The database address has a parameter '{key}' that is unknown or ill-formed.", fault);
        }
    }
}
