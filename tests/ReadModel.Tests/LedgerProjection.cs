using System.Collections.Concurrent;
using System.Globalization;
using LinqToDB.Data;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.ReadModel.Tests;

/// <summary>Writes down every vote it hears of, once more each time it hears of it, and fails on command.</summary>
internal sealed class LedgerProjection(string name = "ledger") : Projection
{
    /// <summary>Thrown after the rows were written and before the offset moves.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    /// <summary>The voter who is always too much.</summary>
    public string? Poison { get; init; }

    public override string Name => name;

    public static async Task CreateAsync(DataConnection connection) =>
        await connection.ExecuteAsync("create table ledger (name text not null, voter text not null, times int not null, primary key (name, voter))");

    public static async Task<Dictionary<string, int>> ReadAsync(DataConnection connection, string name = "ledger")
    {
        var rows = await connection.QueryToListAsync<string>(
            "select voter || '=' || times from ledger where name = @name", new DataParameter("name", name));
        return rows.Select(row => row.Split('=')).ToDictionary(row => row[0], row => int.Parse(row[1], CultureInfo.InvariantCulture));
    }

    public override Task ResetAsync(DataConnection database, CancellationToken cancellation) =>
        database.ExecuteAsync("delete from ledger where name = @name", cancellation, new DataParameter("name", name));

    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        foreach (var happened in events)
        {
            if (happened.Event is VoteCast vote)
            {
                if (vote.VoterId == Poison)
                {
                    throw new InvalidOperationException($"{vote.VoterId} is too much.");
                }

                await database.ExecuteAsync(
                    "insert into ledger (name, voter, times) values (@name, @voter, 1) on conflict (name, voter) do update set times = ledger.times + 1",
                    cancellation,
                    new DataParameter("name", name),
                    new DataParameter("voter", vote.VoterId));
            }
        }

        if (Failures.TryDequeue(out var failure))
        {
            throw failure;
        }
    }
}
