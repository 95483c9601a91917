using System.Diagnostics;

namespace WildNOut.Benchmarks.FanOut;

/// <summary>When each vote of a battle was sent. Votes are sent one after another, so the n-th vote is counted once a tally says n or more.</summary>
/// <param name="votesOf">How many votes each phase has.</param>
internal sealed class VoteClock(params int[] votesOf)
{
    private readonly long[] _sentAt = new long[votesOf.Sum() + 1];

    /// <summary>How many votes there will be.</summary>
    public int Votes => _sentAt.Length - 1;

    /// <summary>The first vote of a phase, and the last.</summary>
    public (int First, int Last) Of(int phase)
    {
        var before = votesOf.Take(phase).Sum();
        return (before + 1, before + votesOf[phase]);
    }

    /// <summary>Notes that a vote is sent now.</summary>
    /// <param name="ordinal">1 for the first.</param>
    public void Sent(int ordinal) => Volatile.Write(ref _sentAt[ordinal], Stopwatch.GetTimestamp());

    /// <summary>Microseconds since a vote was sent.</summary>
    public long Age(int ordinal, long now) => Math.Clamp((now - Volatile.Read(ref _sentAt[ordinal])) * 1_000_000 / Stopwatch.Frequency, 1, 60_000_000);

    /// <summary>The phase a vote belongs to, from 0.</summary>
    public int PhaseOf(int ordinal)
    {
        var phase = 0;
        for (var left = ordinal - votesOf[0]; left > 0; left -= votesOf[phase])
        {
            phase++;
        }

        return phase;
    }
}
