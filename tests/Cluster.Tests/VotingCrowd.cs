using System.Collections.Concurrent;
using System.Diagnostics;
using WildNOut.Testing.Nodes;

namespace WildNOut.Cluster.Tests;

/// <summary>What became of one voter's vote over all attempts.</summary>
public sealed class VoterRecord(Guid entry)
{
    /// <summary>What the voter votes for.</summary>
    public Guid Entry { get; } = entry;

    /// <summary>Some attempt was acknowledged.</summary>
    public bool Acknowledged { get; set; }

    /// <summary>Some attempt ended without an outcome: it may or may not count.</summary>
    public bool Unknown { get; set; }
}

/// <summary>Many voters of one battle, each with up to three attempts through different nodes.</summary>
/// <param name="client">Calls the nodes.</param>
/// <param name="battle">The battle.</param>
/// <param name="doors">The nodes' addresses, in the order attempts go through them.</param>
public sealed class VotingCrowd(ArenaClient client, VotingBattle battle, IReadOnlyList<Uri> doors)
{
    private readonly ConcurrentDictionary<string, long> _answers = new(StringComparer.Ordinal);
    private int _voters;
    private long _slowest;

    /// <summary>Every voter who tried.</summary>
    public ConcurrentDictionary<string, VoterRecord> Voters { get; } = new(StringComparer.Ordinal);

    /// <summary>The battle.</summary>
    public VotingBattle Battle => battle;

    /// <summary>Acknowledged votes.</summary>
    public int Acknowledged => Voters.Values.Count(voter => voter.Acknowledged);

    /// <summary>How long the slowest answer took.</summary>
    public TimeSpan Slowest => TimeSpan.FromTicks(Interlocked.Read(ref _slowest));

    /// <summary>How often each answer was given, by status and code.</summary>
    public IReadOnlyDictionary<string, long> Answers => _answers;

    /// <summary>The answers in one line.</summary>
    public string Summary => string.Join(", ", Answers.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value}× {pair.Key}"));

    /// <summary>Votes until told to stop; every voter who began goes through all attempts.</summary>
    /// <param name="workers">Voters at a time.</param>
    /// <param name="attempts">Attempts of each voter.</param>
    /// <param name="pause">Between two voters of a worker.</param>
    /// <param name="stop">Ends it.</param>
    public Task Run(int workers, int attempts, TimeSpan pause, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, workers).Select(async _ =>
    {
        while (!stop.IsCancellationRequested)
        {
            await Voter(Interlocked.Increment(ref _voters), attempts);
            await Task.Delay(pause, CancellationToken.None);
        }
    }));

    /// <summary>Lets everyone whose vote may or may not count vote once more, until it is known.</summary>
    public Task Clear() => Parallel.ForEachAsync(
        Voters.Where(voter => voter.Value is { Acknowledged: false, Unknown: true }),
        new ParallelOptions { MaxDegreeOfParallelism = 8 },
        async (voter, _) => await Attempt(voter.Key, voter.Value, doors[0], null));

    private async Task Voter(int number, int attempts)
    {
        var name = $"voter-{number:D6}";
        var record = Voters.GetOrAdd(name, _ => new VoterRecord(battle.Entries[number % battle.Entries.Count]));
        // Every other voter repeats with a key, so that a repeat is told from a second vote.
        var key = number % 2 == 0 ? $"key-{name}" : null;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            await Attempt(name, record, doors[(number + attempt) % doors.Count], key);
        }
    }

    private async Task Attempt(string name, VoterRecord record, Uri door, string? key)
    {
        var clock = Stopwatch.StartNew();
        var answer = await client.Vote(door, battle.Id, record.Entry, name, key);
        var took = clock.Elapsed.Ticks;
        for (var seen = Interlocked.Read(ref _slowest); took > seen; seen = Interlocked.Read(ref _slowest))
        {
            Interlocked.CompareExchange(ref _slowest, took, seen);
        }

        record.Unknown |= answer.Unknown;
        // A second vote is refused because the first one counts: for its voter that is an acknowledgement as well.
        record.Acknowledged |= answer.Acknowledged || answer.Code == "already_voted";
        _answers.AddOrUpdate(answer.Status is { } status ? $"{(int)status} {answer.Code}".TrimEnd() : answer.Code!, 1, (_, count) => count + 1);
    }
}
