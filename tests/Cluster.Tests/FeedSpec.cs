using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;
using WildNOut.Testing;
using WildNOut.Testing.Feeds;
using WildNOut.Testing.Nodes;
using Xunit;
using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>The feed of the token equals the chain while its endpoints go wrong all along and the nodes that read it die and leave.</summary>
[Collection(ClusterCollection.Name)]
public sealed class FeedSpec(ITestOutputHelper output)
{
    private const int LeastTransactions = 50_000;
    private static readonly ChainLength Day = new(HistoryBlocks: 500, PerHistoryBlock: 112, LiveBlocks: 80, PerLiveBlock: 40);
    private static readonly ChainLength Short = new(HistoryBlocks: 60, PerHistoryBlock: 25, LiveBlocks: 40, PerLiveBlock: 10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Figures _figures = new(output);

    [Fact]
    public async Task A_day_of_history_and_what_comes_live_are_complete_though_the_reader_is_killed_and_moved()
    {
        await using var faulty = await FaultyChain.Start(Day);
        await using var cluster = await TestCluster.Start(settings: faulty.Settings);
        await using var database = Postgres.Unpooled(cluster.DatabaseUrl);
        var feed = new FeedTable(database);
        var clock = Stopwatch.StartNew();
        var before = await feed.Standing();

        await Reached(feed, 8_000);
        var (killed, back) = await MoveReader(cluster, node => node.Kill());
        var history = faulty.Chain.Slot(Commitment.Finalized);
        await Eventually.Holds("the history", async () => (await feed.Standing()).Tip >= history, Patience);
        var filled = clock.Elapsed;
        var first = await feed.Standing();

        await back;
        await SaysHowFarBehind(cluster, faulty);
        var moving = faulty.MoveOn();
        var live = await feed.Standing();
        await Reached(feed, live.Position + 500);
        var (left, again) = await MoveReader(cluster, async node => Assert.Equal(0, (await node.Terminate()).ExitCode));
        await moving;
        var end = faulty.Chain.Ledger.Entries[^1].Slot;
        await Eventually.Holds("the end of the chain", async () => (await feed.Standing()).Finalized >= end, Patience);
        var took = clock.Elapsed;
        await again;

        var ledger = faulty.Chain.Ledger;
        var journal = await FeedJournal.Read(cluster.DatabaseUrl, faulty.Chain.Options.Mint);
        var standing = await feed.Movements();
        _figures.Print($"feed: {ledger.Entries.Count} transactions with {standing.Count} movements in {took.TotalSeconds:F1} s, {faulty.Faults} faults, {journal.Withdrawn} movements withdrawn");
        _figures.Print($"feed: history at {(first.Position - before.Position) / filled.TotalSeconds:F0} movements a second, deaths included; "
            + $"without a reader for {killed.TotalSeconds:F1} s after SIGKILL and {left.TotalSeconds:F1} s after SIGTERM");
        Assert.True(ledger.Entries.Count >= LeastTransactions, $"Only {ledger.Entries.Count} transactions.");
        Assert.True(journal.Withdrawn > 0);
        EqualsTheChain(ledger, standing);
        Assert.Equal(journal.Standing, standing.Select(entry => (entry.Position, entry.Slot, entry.Signature, entry.Index)));
        Assert.Equal(Enumerable.Range(1, (int)journal.Position).Select(position => (long)position), await feed.Positions());
        Assert.Equal(0, await feed.Parked());
        Assert.Empty(await feed.SetAside());
    }

    /// <summary>The same for a provider that hands out no blocks; order within a slot is not told there.</summary>
    [Fact]
    public async Task By_the_histories_of_accounts_the_same_movements_are_found_though_the_reader_is_killed()
    {
        await using var faulty = await FaultyChain.Start(Short);
        await using var cluster = await TestCluster.Start(settings: new Dictionary<string, string>(faulty.Settings) { ["INGEST_MODE"] = "accounts" });
        await using var database = Postgres.Unpooled(cluster.DatabaseUrl);
        var feed = new FeedTable(database);
        await Reached(feed, 100);
        var (_, back) = await MoveReader(cluster, node => node.Kill());
        await back;
        await faulty.MoveOn();
        var end = faulty.Chain.Ledger.Entries[^1].Slot;
        await Eventually.Holds("the end of the chain", async () => (await feed.Standing()).Finalized >= end, Patience);

        var standing = await feed.Movements();
        _figures.Print($"feed by accounts: {faulty.Chain.Ledger.Entries.Count} transactions with {standing.Count} movements, {faulty.Faults} faults, a reader killed");
        Assert.Empty(await feed.SetAside());
        var positions = await feed.Positions();
        Assert.Equal(Enumerable.Range(1, positions.Count).Select(position => (long)position), positions);
        SameMovements(faulty.Chain.Ledger, standing);
        Assert.Equal(0, await feed.Parked());
    }

    /// <summary>The same transactions in the same order, each with the same movements between the same owners, and so the same balances.</summary>
    private static void EqualsTheChain(ChainLedger ledger, IReadOnlyList<StoredMovement> standing)
    {
        Assert.Equal(FeedTruth.Transactions(ledger), FeedTruth.Transactions(standing));
        SameMovements(ledger, standing);
    }

    private static void SameMovements(ChainLedger ledger, IReadOnlyList<StoredMovement> standing)
    {
        Assert.Equal(FeedTruth.Movements(ledger), FeedTruth.Movements(standing));
        var balances = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var entry in standing)
        {
            balances[entry.Sender ?? ""] = balances.GetValueOrDefault(entry.Sender ?? "") - entry.Amount - entry.Fee;
            balances[entry.Recipient ?? ""] = balances.GetValueOrDefault(entry.Recipient ?? "") + entry.Amount;
        }

        Assert.Equal(
            ledger.Balances.Select(pair => (pair.Key, (decimal)pair.Value)).Order(),
            balances.Where(pair => pair.Key.Length > 0 && pair.Value != 0).Select(pair => (pair.Key, pair.Value)).Order());
    }

    private static Task Reached(FeedTable feed, long position) => Eventually.Holds($"line {position}", async () => (await feed.Standing()).Position >= position, Patience);

    /// <summary>Takes the node away that reads, and brings it back when another has gone on.</summary>
    /// <returns>How long nobody read, and what ends when the node is back.</returns>
    private static async Task<(TimeSpan Without, Task Back)> MoveReader(TestCluster cluster, Func<NodeProcess, Task> end)
    {
        var port = 0;
        await Eventually.Holds("somebody reads", async () => (port = ReaderOf(await Details(cluster, cluster.Nodes[0]))?.Port ?? 0) > 0, Patience);
        var reader = cluster.Nodes.Single(node => node.ClusterPort == port);
        await end(reader);
        var clock = Stopwatch.StartNew();
        var door = cluster.Nodes.First(node => node.Running);
        await Eventually.Holds("another reader that gets on", async () =>
            ReaderOf(await Details(cluster, door)) is { } next && next.Port != reader.ClusterPort && next.Advanced, Patience);
        var without = clock.Elapsed;
        return (without, reader.StartAndWait());
    }

    /// <summary>A storm of 429 holds the feed up while the chain moves on: every node says so, and that it is well again afterwards.</summary>
    private async Task SaysHowFarBehind(TestCluster cluster, FaultyChain faulty)
    {
        faulty.Storm();
        faulty.Chain.Produce(150);
        foreach (var node in cluster.Nodes)
        {
            await Eventually.Holds($"{node.Name} says that the feed is behind", async () =>
                await Chain(cluster, node) is { Status: "degraded", Message: { } why } && why.Contains("slots behind", StringComparison.Ordinal), Patience);
        }

        var behind = default(JsonElement);
        await Eventually.Holds("admins are told why", async () =>
            await Details(cluster, cluster.Nodes[0]) is { } chain
            && (behind = chain.GetProperty("ingest")).GetProperty("lastFailure").GetString()?.Contains("429", StringComparison.Ordinal) == true, Patience);
        _figures.Print($"feed: in a storm of 429: {behind}");
        Assert.True(behind.GetProperty("behind").GetInt64() >= 100);
        faulty.Misbehave();
        await Eventually.Holds("the feed is well again", async () => await Chain(cluster, cluster.Nodes[0]) is { Status: "healthy" }, Patience);
    }

    private static async Task<Part> Chain(TestCluster cluster, NodeProcess node)
    {
        var chain = (await cluster.Client.Get<JsonElement>(node.Url, "/health")).GetProperty("parts").GetProperty("chain");
        return new Part(chain.GetProperty("status").GetString()!, chain.TryGetProperty("message", out var message) ? message.GetString() : null);
    }

    /// <summary>The chain as a node tells admins; null when it does not answer at present.</summary>
    private static async Task<JsonElement?> Details(TestCluster cluster, NodeProcess node)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(8) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.Tokens.For("root", "admin"));
        try
        {
            return (await http.GetFromJsonAsync<JsonElement>(new Uri(node.Url, "/health/details"))).GetProperty("chain");
        }
        catch (Exception noAnswer) when (noAnswer is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>The port of the node that reads, and whether it has got on within the last seconds.</summary>
    private static (int Port, bool Advanced)? ReaderOf(JsonElement? chain) =>
        chain is { } told && told.GetProperty("ingest") is { ValueKind: JsonValueKind.Object } ingest && ingest.GetProperty("reader").GetString() is { } reader
            ? (new Uri(reader.Replace("akka.tcp", "http", StringComparison.Ordinal)).Port,
                ingest.GetProperty("progressAge") is { ValueKind: JsonValueKind.Number } age && age.GetDouble() < 2)
            : null;

    /// <summary>A part of a node's health.</summary>
    private sealed record Part(string Status, string? Message);
}
