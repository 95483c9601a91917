using System.Text;
using WildNOut.Benchmarks.Load;
using WildNOut.Testing.Nodes;

namespace WildNOut.Benchmarks.Workloads;

/// <summary>Votes: each by a voter of its own, spread over battles and their entries in turn. Right is a 201 that echoes the vote.</summary>
internal sealed class VoteWorkload : Workload
{
    private const int IdLength = 36;

    private readonly VoterTokens _voters;
    private readonly byte[][] _battles;
    private readonly byte[][][] _entries;
    private readonly byte[] _template;
    private readonly int _battleAt;
    private readonly int _tokenAt;
    private readonly int _entryAt;
    private readonly (int Battle, int Entry)[] _asked;

    /// <summary>Lays the request out.</summary>
    public VoteWorkload(IReadOnlyList<VotingBattle> battles, VoterTokens voters, int connections)
    {
        _voters = voters;
        _battles = [.. battles.Select(battle => Text(battle.Id))];
        _entries = [.. battles.Select(battle => battle.Entries.Select(Text).ToArray())];
        _asked = new (int, int)[connections];
        Acknowledged = new long[battles.Count];

        var id = new string('0', IdLength);
        var body = $$"""{"entryId":"{{id}}","value":1}""";
        var request = new StringBuilder();
        request.Append("POST /api/battles/");
        _battleAt = request.Length;
        request.Append(id).Append("/votes HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ");
        _tokenAt = request.Length;
        request.Append('0', voters.Length).Append($"\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        _entryAt = request.Length + body.IndexOf(id, StringComparison.Ordinal);
        _template = Encoding.ASCII.GetBytes(request.Append(body).ToString());
    }

    /// <summary>Acknowledged votes of each battle.</summary>
    public long[] Acknowledged { get; }

    /// <inheritdoc />
    public override int RequestCapacity => _template.Length;

    /// <inheritdoc />
    public override int Next(int connection, Span<byte> buffer)
    {
        var voter = _voters.Take();
        if (voter < 0)
        {
            return 0;
        }

        if (buffer[0] == 0)
        {
            _template.CopyTo(buffer);
        }

        var battle = voter % _battles.Length;
        var entry = voter / _battles.Length % _entries[battle].Length;
        _asked[connection] = (battle, entry);
        _battles[battle].CopyTo(buffer[_battleAt..]);
        _voters.Of(voter).CopyTo(buffer[_tokenAt..]);
        _entries[battle][entry].CopyTo(buffer[_entryAt..]);
        return _template.Length;
    }

    /// <inheritdoc />
    public override bool IsRight(int connection, int status, ReadOnlySpan<byte> body)
    {
        var (battle, entry) = _asked[connection];
        var right = status == 201
            && body.IndexOf(_battles[battle]) >= 0
            && body.IndexOf(_entries[battle][entry]) >= 0
            && body.IndexOf("\"value\":1"u8) >= 0;
        Acknowledged[battle] += right ? 1 : 0;
        return right;
    }

    private static byte[] Text(Guid id) => Encoding.ASCII.GetBytes(id.ToString());
}
