namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>How large the blocks of a board are.</summary>
/// <param name="Most">A block with more people is cut.</param>
/// <param name="Usual">What each piece then has, about.</param>
/// <param name="Least">A block with fewer joins the next one, where both together have no more than usual.</param>
public sealed record BlockSizes(int Most, int Usual, int Least)
{
    /// <summary>For a million people: about a thousand blocks to add up, and about a thousand places to count.</summary>
    public static readonly BlockSizes Default = new(2_000, 1_000, 250);
}

/// <summary>
/// Blocks of one board that follow each other, while places change in all but the first, which says where the second begins. On the board they cover every place,
/// whatever the points: its first block ends before all places and stays empty, its last has no end.
/// </summary>
internal sealed class RankBlocks
{
    private readonly List<Block> _blocks;
    private readonly List<Place> _gone = [];

    /// <summary>The blocks as they are, in order: those of all places that change, one before and, unless it is the last of the board, one after.</summary>
    public RankBlocks(IEnumerable<(Place Last, long People)> blocks)
    {
        _blocks = [.. blocks.Select(block => new Block(block.Last, block.People))];
        if (_blocks.Count < 2)
        {
            throw new InvalidOperationException("The blocks of a board do not cover all places.");
        }
    }

    /// <summary>Those that are new or have other counts.</summary>
    public IEnumerable<(Place Last, long People)> Changed => _blocks.Where(block => block.Changed).Select(block => (block.Last, block.People));

    /// <summary>Those that ended in others.</summary>
    public IReadOnlyList<Place> Gone => _gone;

    /// <summary>Somebody left a place, or took one, or both.</summary>
    public void Move(Place? from, Place? to)
    {
        if (from != to)
        {
            Count(from, -1);
            Count(to, 1);
        }
    }

    /// <summary>Joins blocks that have become small with the next ones.</summary>
    public void Join(BlockSizes sizes)
    {
        for (var i = _blocks.Count - 2; i > 0; i--)
        {
            var (block, next) = (_blocks[i], _blocks[i + 1]);
            if (block.Changed && block.People < sizes.Least && block.People + next.People <= sizes.Usual)
            {
                next.Add(block.People);
                _gone.Add(block.Last);
                _blocks.RemoveAt(i);
            }
        }
    }

    /// <summary>The blocks that must be cut: each by where the one before it ends, its own end, and how many stand in it.</summary>
    public IReadOnlyList<(Place After, Place Last, long People)> TooLarge(BlockSizes sizes) =>
        [.. Enumerable.Range(1, _blocks.Count - 1).Where(i => _blocks[i].People > sizes.Most).Select(i => (_blocks[i - 1].Last, _blocks[i].Last, _blocks[i].People))];

    /// <summary>Cuts a block into pieces of about the usual size.</summary>
    /// <param name="last">Its end.</param>
    /// <param name="places">The places in it, in order.</param>
    /// <param name="sizes">The sizes.</param>
    public void Cut(Place last, IReadOnlyList<Place> places, BlockSizes sizes)
    {
        var at = IndexOf(last);
        _blocks.RemoveAt(at);
        var pieces = Math.Max(1, places.Count / sizes.Usual);
        var from = 0;
        for (var piece = 1; piece <= pieces; piece++)
        {
            var upTo = (int)((long)places.Count * piece / pieces);
            _blocks.Insert(at++, new Block(piece < pieces ? places[upTo - 1] : last, upTo - from, changed: true));
            from = upTo;
        }
    }

    private void Count(Place? place, int people)
    {
        if (place is { } there)
        {
            _blocks[IndexOf(there)].Add(people);
        }
    }

    /// <summary>The first block that does not end before a place.</summary>
    private int IndexOf(Place place)
    {
        if (place <= _blocks[0].Last || place > _blocks[^1].Last)
        {
            throw new InvalidOperationException("The blocks do not cover a place that changes.");
        }

        var (low, high) = (0, _blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _blocks[middle].Last < place ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private sealed class Block(Place last, long people, bool changed = false)
    {
        public Place Last => last;

        public long People { get; private set; } = people;

        public bool Changed { get; private set; } = changed;

        public void Add(long more)
        {
            People += more;
            Changed = true;
        }
    }
}
