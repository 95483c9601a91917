using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Cluster.Tests;

/// <summary>Of how many blocks and transactions a chain is.</summary>
public sealed record ChainLength(int HistoryBlocks, int PerHistoryBlock, int LiveBlocks, int PerLiveBlock);

/// <summary>A simulated chain with a day of history behind two endpoints that go wrong all along, and a WebSocket that drops every two seconds.</summary>
public sealed class FaultyChain : IAsyncDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly ChainLength _length;
    private readonly DevnetServer _one;
    private readonly DevnetServer _two;

    private FaultyChain(ChainLength length)
    {
        // Blocks far enough apart to make a day of few of them; with skipped slots and forks the newest is at about the present.
        _length = length;
        var slotTime = Day / length.HistoryBlocks;
        Chain = new SimulatedChain(new SimulatedChainOptions
        {
            SlotTime = slotTime,
            Epoch = Whole(DateTimeOffset.UtcNow - (slotTime * (1_000 + ((length.HistoryBlocks + length.LiveBlocks) * 1.2)))),
        });
        (_one, _two) = (new DevnetServer(Chain, faults: new DevnetFaults(1)), new DevnetServer(Chain, faults: new DevnetFaults(2)));
    }

    /// <summary>The chain, and with it the truth.</summary>
    public SimulatedChain Chain { get; }

    /// <summary>What a node is told to read it.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["TOKEN_MINT_ADDRESS"] = Chain.Options.Mint,
        ["TOKEN_POOLS"] = string.Join(',', Chain.Pools),
        ["SOLANA_RPC_URLS"] = $"{_one.Addresses.Rpc},{_two.Addresses.Rpc}",
        ["SOLANA_WS_URL"] = $"{_two.Addresses.WebSocket}",
        ["SOLANA_RPC_LIMIT"] = "0",
        ["SOLANA_RPC_METHOD_LIMIT"] = "0",
        ["INGEST_FROM_SLOT"] = "0",
    };

    /// <summary>How many faults have struck.</summary>
    public int Faults => Enum.GetValues<DevnetFault>().Sum(fault => _one.Faults.Struck(fault) + _two.Faults.Struck(fault));

    /// <summary>Makes the history and begins to answer.</summary>
    public static async Task<FaultyChain> Start(ChainLength length)
    {
        var faulty = new FaultyChain(length);
        faulty.Chain.Produce(length.HistoryBlocks, length.PerHistoryBlock);
        faulty.Chain.Forks = new ForkRate(0.05, Depth: 12, Relanded: 0.6);
        faulty.Misbehave();
        await faulty._one.StartAsync();
        await faulty._two.StartAsync();
        return faulty;
    }

    /// <summary>The chain moves on, and goes another way now and then, until it has its length; then all of it becomes final.</summary>
    public async Task MoveOn()
    {
        using var pace = new PeriodicTimer(Pace);
        for (var block = 0; block < _length.LiveBlocks; block++)
        {
            Chain.Produce(1, _length.PerLiveBlock);
            await pace.WaitForNextTickAsync();
        }

        Chain.FinalizeAll();
    }

    /// <summary>Everything that endpoints can do wrong, now and then.</summary>
    public void Misbehave()
    {
        foreach (var (faults, badness) in new[] { (_one.Faults, 1.5), (_two.Faults, 1) })
        {
            faults.Clear();
            foreach (var fault in new[]
            {
                DevnetFault.Down, DevnetFault.Unavailable, DevnetFault.Garbage, DevnetFault.Html, DevnetFault.Truncated, DevnetFault.WrongId, DevnetFault.BlockNotYet,
            })
            {
                faults.Set(fault, new FaultRule { Probability = 0.02 * badness });
            }

            faults.Set(DevnetFault.Throttled, new FaultRule { Probability = 0.005 * badness, RetryAfter = 1 });
            faults.Set(DevnetFault.Slow, new FaultRule { Probability = 0.02 * badness, Delay = TimeSpan.FromMilliseconds(200) });
            faults.Set(DevnetFault.Stale, new FaultRule { Probability = 0.05 * badness, Slots = 60 });
            faults.Set(DevnetFault.OmittedBlocks, new FaultRule { Probability = 0.1 * badness });
            faults.Set(DevnetFault.RepeatedBlocks, new FaultRule { Probability = 0.05 * badness });
            faults.Set(DevnetFault.SocketDropped, new FaultRule { Delay = TimeSpan.FromSeconds(2) });
        }
    }

    /// <summary>Every block is refused with 429 until <see cref="Misbehave"/>.</summary>
    public void Storm()
    {
        foreach (var faults in new[] { _one.Faults, _two.Faults })
        {
            faults.Set(DevnetFault.Throttled, new FaultRule { Method = "getBlock", RetryAfter = 1 });
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
