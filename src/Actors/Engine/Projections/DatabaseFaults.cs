using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>Tells the fault of an event from the fault of the world around it.</summary>
public static class DatabaseFaults
{
    /// <summary>
    /// Whether trying again later can help: everything a database says but that the data itself is wrong (SQLSTATE classes 22 and 23). A lost
    /// connection, a deadlock or a missing table is never an event's fault.
    /// </summary>
    public static bool MayPass(Exception fault) => fault switch
    {
        PostgresException database => !(database.SqlState.StartsWith("22", StringComparison.Ordinal) || database.SqlState.StartsWith("23", StringComparison.Ordinal)),
        SqliteException database => database.SqliteErrorCode is not (18 or 19 or 20 or 25),
        NpgsqlException or SocketException or TimeoutException or OperationCanceledException or ObjectDisposedException or IOException => true,
        AggregateException many => many.InnerExceptions.Any(MayPass),
        _ => fault.InnerException is { } inner && MayPass(inner),
    };
}
