using System.Globalization;
using WildNOut.Actors.Token;
using Xunit;

namespace WildNOut.Realtime.Tests;

/// <summary>A line of the feed as a test expects it, and as clients see it.</summary>
internal sealed record ExpectedLine(long Position, string Type, string? Signature);

/// <summary>Drives the feed of a node as a reader of the chain would, and knows which lines must come of it.</summary>
internal sealed class FeedScript
{
    public const string Ann = "AnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAnnAn";
    public const string Bob = "BobBobBobBobBobBobBobBobBobBobBobBobBobBobBo";
    public const string Cid = "CidCidCidCidCidCidCidCidCidCidCidCidCidCidCi";

    private static readonly string[] People = [Ann, Bob, Cid];

    private readonly TokenNode _node;
    private readonly List<(BlockId Id, IReadOnlyList<ExpectedLine> Lines)> _open = [];
    private readonly string _run = Guid.NewGuid().ToString("N");
    private BlockId _tip;
    private long _position;
    private int _made;

    private FeedScript(TokenNode node, BlockId tip, long position)
    {
        _node = node;
        _tip = tip;
        _position = position;
        Start = position;
    }

    /// <summary>The position before the first line of this script.</summary>
    public long Start { get; }

    public List<ExpectedLine> Lines { get; } = [];

    /// <summary>The transaction with which <see cref="GoAsync"/> ends.</summary>
    public string End => _run.PadRight(88, 'z');

    /// <summary>Goes on where the feed of the node is, with nothing open.</summary>
    public static async Task<FeedScript> BeginAsync(TokenNode node)
    {
        var tip = await node.AskAsync(new GetFeed(TokenNode.Mint));
        if (tip.Tip is { } at && tip.Unfinalized.Count > 0)
        {
            tip = await node.AskAsync(new FinalizeBlocks(TokenNode.Mint, at));
        }

        return new FeedScript(node, tip.Tip ?? new BlockId(1, "start"), tip.Position);
    }

    /// <summary>A block with so many movements; the first goes from Ann to Bob, and so on around.</summary>
    public Task RecordAsync(int movements)
    {
        var made = Enumerable.Range(_made, movements).Select(n => Move(n, $"{_run}{n:D56}")).ToList();
        _made += movements;
        return RecordAsync(made);
    }

    private async Task RecordAsync(IReadOnlyList<Movement> movements)
    {
        var id = new BlockId(_tip.Slot + 1, string.Create(CultureInfo.InvariantCulture, $"{_run}-{_position}"));
        var block = new FeedBlock(id, DateTimeOffset.UtcNow, movements, []);
        var lines = movements.Select(movement => Expect("transaction", movement.Signature)).ToList();
        _open.Add((id, lines));
        await SendAsync(new RecordBlocks(TokenNode.Mint, _tip, id, [block], Finalized: false, Decimals: 0));
        _tip = id;
    }

    /// <summary>The newest block turns out to be on another way of the chain.</summary>
    public async Task WithdrawAsync()
    {
        var after = _open.Count > 1 ? _open[^2].Id : new BlockId(_open[0].Id.Slot - 1, null);
        foreach (var line in _open[^1].Lines.Reverse())
        {
            Expect("withdrawn", line.Signature);
        }

        _open.RemoveAt(_open.Count - 1);
        await SendAsync(new WithdrawBlocks(TokenNode.Mint, _tip, after));
        _tip = after;
    }

    /// <summary>Everything is finalized.</summary>
    public async Task FinalizeAsync()
    {
        if (_open.Count > 0)
        {
            Expect("finalized", null);
            _open.Clear();
        }

        await SendAsync(new FinalizeBlocks(TokenNode.Mint, _tip));
    }

    /// <summary>So many steps of all kinds.</summary>
    public async Task GoAsync(int steps, int movements)
    {
        for (var step = 1; step <= steps; step++)
        {
            await RecordAsync(1 + step * movements % (movements + 3));
            if (step % 4 == 0)
            {
                await WithdrawAsync();
            }
            else if (step % 7 == 0)
            {
                await FinalizeAsync();
            }
        }

        await RecordAsync([Move(0, End)]);
    }

    private static Movement Move(int n, string signature) => new(signature, 0, MovementKind.Transfer, People[n % 3], People[(n + 1) % 3], (ulong)n + 1);

    private ExpectedLine Expect(string type, string? signature)
    {
        var line = new ExpectedLine(++_position, type, signature);
        Lines.Add(line);
        return line;
    }

    private async Task SendAsync(IFeedCommand command)
    {
        var tip = await _node.AskAsync(command);
        Assert.True(tip.Applied);
        Assert.Equal(_position, tip.Position);
    }
}
