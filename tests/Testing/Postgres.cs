using Npgsql;

namespace WildNOut.Testing;

/// <summary>How Npgsql reaches a database that has a URL.</summary>
public static class Postgres
{
    /// <summary>Reads a URL as in <c>DATABASE_URL</c>.</summary>
    public static NpgsqlConnectionStringBuilder Of(string url)
    {
        var address = new Uri(url);
        return new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port,
            Username = address.UserInfo.Split(':')[0],
            Password = address.UserInfo.Split(':') is [_, var password] ? password : null,
            Database = address.AbsolutePath.TrimStart('/'),
        };
    }

    /// <summary>A source whose connections end with their use, so that the database can be dropped.</summary>
    public static NpgsqlDataSource Unpooled(string url)
    {
        var address = Of(url);
        address.Pooling = false;
        return NpgsqlDataSource.Create(address);
    }
}
