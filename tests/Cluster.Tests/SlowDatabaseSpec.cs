using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;
using WildNOut.Testing;
using WildNOut.Testing.Feeds;
using WildNOut.Testing.Nodes;
using Xunit;
using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>A node reads a long history while its database is slow: it asks the chain for no more than it can put down, and in the end everything is there.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SlowDatabaseSpec(ITestOutputHelper output)
{
    private const int Blocks = 1_600;
    private const int PerBlock = 40;

    /// <summary>Blocks that go into one message to the feed, and with it into one row of the journal; and a question about finality.</summary>
    private const int AskedPerRow = 33;

    /// <summary>The reading is ahead of the journal by the message that is being written, and the next that is being gathered.</summary>
    private const int RowsAhead = 2;

    /// <summary>What the node may have on its heap: less than the transactions that pass through it.</summary>
    private const long HeapBytes = 208L * 1024 * 1024;

    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private readonly Figures _figures = new(output);

    [Fact]
    public async Task A_slow_database_slows_the_reading_of_the_chain_and_nothing_is_lost_or_doubled()
    {
        var chain = new SimulatedChain();
        chain.Produce(20, 10);
        chain.FinalizeAll();
        await using var source = new DevnetServer(chain);
        // A delay of nothing: it only counts.
        source.Faults.Set(DevnetFault.Slow, new FaultRule { Method = "getBlock", Delay = TimeSpan.Zero });
        await source.StartAsync();
        var postgres = await PostgresServer.Shared();
        var name = $"slow_{Guid.NewGuid():N}";
        var url = await postgres.CreateDatabase(name);
        try
        {
            await using var database = NpgsqlDataSource.Create(Postgres.Of(url));
            await using var node = Node(chain, source, url);
            await node.StartAndWait();
            await Read(chain, source, node, database);
        }
        finally
        {
            await postgres.DropDatabase(name);
        }
    }

    private async Task Read(SimulatedChain chain, DevnetServer source, NodeProcess node, NpgsqlDataSource database)
    {
        var table = new FeedTable(database);
        await Eventually.Holds("the beginning", async () => (await table.Standing()).Tip >= chain.Slot(Commitment.Finalized), Patience);
        await Execute(database, """
            CREATE TABLE slowness (seconds double precision NOT NULL);
            CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(seconds) FROM slowness; RETURN NULL; END';
            CREATE TRIGGER slow_journal AFTER INSERT ON journal FOR EACH STATEMENT EXECUTE FUNCTION be_slow();
            CREATE TRIGGER slow_rows AFTER INSERT ON token_transactions FOR EACH STATEMENT EXECUTE FUNCTION be_slow();
            """);
        await Execute(database, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO slowness VALUES ({Slowness.TotalSeconds})"));
        var before = (Asked: source.Faults.Struck(DevnetFault.Slow), Rows: await table.JournalRows());
        chain.Produce(Blocks, PerBlock);
        chain.FinalizeAll();

        var peak = 0L;
        var slow = await Watch(rows => Task.FromResult(rows >= 20));
        Assert.True(slow.Asked < Blocks, $"{slow.Asked} blocks were asked for.");
        await Execute(database, "UPDATE slowness SET seconds = 0");
        var ledger = chain.Ledger;
        var all = await Watch(async _ => (await table.Standing()).Finalized >= ledger.Entries[^1].Slot);

        _figures.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"slow database: {slow.Asked / slow.Seconds:N0} blocks a second asked for while each row took {Slowness.TotalMilliseconds:N0} ms, {all.Asked / all.Seconds:N0} in the mean over all; "
            + $"{ledger.Entries.Count:N0} transactions; heap limit {HeapBytes >> 20} MiB, resident at most {peak >> 20} MiB"));
        var stored = await table.Movements();
        Assert.Equal(FeedTruth.Transactions(ledger), FeedTruth.Transactions(stored));
        Assert.Equal(FeedTruth.Movements(ledger), FeedTruth.Movements(stored));

        // Every look: what was asked for must not run away from what is put down.
        async Task<(int Asked, double Seconds)> Watch(Func<long, Task<bool>> enough)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var asked = 0;
            await Eventually.Holds("the reading goes on", async () =>
            {
                Assert.True(node.Running, node.LogTail());
                asked = source.Faults.Struck(DevnetFault.Slow) - before.Asked;
                var rows = await table.JournalRows() - before.Rows;
                peak = Math.Max(peak, node.ResidentBytes());
                Assert.True(asked <= AskedPerRow * (rows + RowsAhead), $"{asked} blocks were asked for when {rows} rows were there.");
                return await enough(rows);
            }, Patience);
            return (asked, clock.Elapsed.TotalSeconds);
        }
    }

    private static NodeProcess Node(SimulatedChain chain, DevnetServer source, string url) => new("slow", new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["DATABASE_URL"] = url,
        ["JWT_SECRET"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)),
        ["DEMO"] = "off",
        ["LOG_LEVEL"] = "information",
        ["TOKEN_MINT_ADDRESS"] = chain.Options.Mint,
        ["TOKEN_POOLS"] = string.Join(',', chain.Pools),
        ["SOLANA_RPC_URLS"] = source.Addresses.Rpc.ToString(),
        ["SOLANA_RPC_LIMIT"] = "0",
        ["SOLANA_RPC_METHOD_LIMIT"] = "0",
        ["INGEST_FROM_SLOT"] = "0",
        ["DOTNET_GCHeapHardLimit"] = HeapBytes.ToString("X", CultureInfo.InvariantCulture),
    });

    private static async Task Execute(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
