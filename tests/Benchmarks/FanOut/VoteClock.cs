using System.Diagnostics;

namespace WildNOut.Benchmarks.FanOut;

/// <summary>When each vote of a battle was sent. Votes are sent one after another, so the n-th vote is counted once a tally says n or more.</summary>
/// <param name="votes">How many there will be.</param>
/// <param name="secondPhaseFrom">The first vote of the second phase.</param>
internal sealed class VoteClock(int votes, int secondPhaseFrom)
{
    private readonly long[] _sentAt = new long[votes + 1];

    /// <summary>How many votes there will be.</summary>
    public int Votes => votes;

    /// <summary>Notes that a vote is sent now.</summary>
    /// <param name="ordinal">1 for the first.</param>
    public void Sent(int ordinal) => Volatile.Write(ref _sentAt[ordinal], Stopwatch.GetTimestamp());

    /// <summary>Microseconds since a vote was sent.</summary>
    public long Age(int ordinal, long now) => Math.Clamp((now - Volatile.Read(ref _sentAt[ordinal])) * 1_000_000 / Stopwatch.Frequency, 1, 60_000_000);

    /// <summary>The phase a vote belongs to, 0 or 1.</summary>
    public int PhaseOf(int ordinal) => ordinal < secondPhaseFrom ? 0 : 1;
}
