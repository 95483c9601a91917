using System.Diagnostics;
using HdrHistogram;

namespace WildNOut.Benchmarks.FanOut;

/// <summary>What one client has seen of a battle's channel. Its messages come one at a time.</summary>
/// <param name="clock">When votes were sent.</param>
/// <param name="latencies">Latencies in microseconds, one histogram a phase.</param>
internal sealed class Watcher(VoteClock clock, HistogramBase[] latencies)
{
    private long _sequence;

    /// <summary>The highest number of votes a tally has told.</summary>
    public int Votes { get; private set; }

    /// <summary>Messages in all.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages whose sequence number did not rise.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Sequence numbers that were passed over (tallies folded for a slow client).</summary>
    public long Skipped { get; private set; }

    /// <summary>Times the client was told to reload.</summary>
    public long Reloads { get; private set; }

    /// <summary>Moderations of entries: messages that are never folded.</summary>
    public int Moderations { get; private set; }

    /// <summary>Whether the results have come.</summary>
    public bool Results { get; private set; }

    /// <summary>Whether the connection was lost.</summary>
    public bool Lost { get; set; }

    /// <summary>Takes a message.</summary>
    /// <param name="type">The message's type.</param>
    /// <param name="sequence">Its number on the channel.</param>
    /// <param name="voteCount">The votes that a tally tells; 0 for other messages.</param>
    public void See(ReadOnlySpan<byte> type, long sequence, int voteCount)
    {
        var now = Stopwatch.GetTimestamp();
        Messages++;
        if (type.SequenceEqual("reload"u8))
        {
            Reloads++;
            return;
        }

        OutOfOrder += _sequence > 0 && sequence <= _sequence ? 1 : 0;
        Skipped += _sequence > 0 && sequence > _sequence + 1 ? sequence - _sequence - 1 : 0;
        _sequence = Math.Max(_sequence, sequence);
        Moderations += type.SequenceEqual("battle.entry_moderated"u8) ? 1 : 0;
        Results |= type.SequenceEqual("battle.results"u8);
        for (; Votes < Math.Min(voteCount, clock.Votes); Votes++)
        {
            var ordinal = Votes + 1;
            latencies[clock.PhaseOf(ordinal)].RecordValue(clock.Age(ordinal, now));
        }
    }
}
