using System.Text;
using WildNOut.Testing.Nodes;

namespace WildNOut.Benchmarks.Workloads;

/// <summary>Tokens of equal length, one a voter, made before the clock runs.</summary>
internal sealed class VoterTokens
{
    private readonly byte[] _tokens;
    private int _taken;

    /// <summary>Makes the tokens.</summary>
    /// <param name="tokens">Signs them.</param>
    /// <param name="crowd">A name of this crowd, so that no two crowds share a voter.</param>
    /// <param name="count">How many.</param>
    public VoterTokens(AccessTokens tokens, string crowd, int count)
    {
        Length = tokens.For(Voter(crowd, 0)).Length;
        Count = count;
        _tokens = new byte[(long)Length * count];
        Parallel.For(0, count, voter => Encoding.ASCII.GetBytes(tokens.For(Voter(crowd, voter)), _tokens.AsSpan(voter * Length, Length)));
    }

    /// <summary>The length of each token in bytes.</summary>
    public int Length { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The next voter's number; -1 when all have voted.</summary>
    public int Take() => _taken < Count ? _taken++ : -1;

    /// <summary>A voter's token.</summary>
    public ReadOnlySpan<byte> Of(int voter) => _tokens.AsSpan(voter * Length, Length);

    private static string Voter(string crowd, int number) => $"{crowd}-{number:D8}";
}
