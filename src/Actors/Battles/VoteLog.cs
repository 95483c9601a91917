using System.Collections;
using System.Numerics;

namespace WildNOut.Actors.Battles;

/// <summary>
/// Votes in the order they were cast, in pieces of which each is twice as long as the one before: growing copies nothing, and what was added never
/// changes, so a <see cref="Prefix"/> may be read on another thread while more is added. A place holds no reference, so the collector of garbage
/// never looks at the votes, however many there are.
/// </summary>
internal sealed class VoteLog
{
    /// <summary>The place before the first.</summary>
    public const int None = -1;

    private const int FirstBits = 3;

    private readonly List<Place[]> _pieces = [];

    /// <summary>How many votes there are.</summary>
    public int Count { get; private set; }

    /// <summary>The vote at a place.</summary>
    public ref readonly SheetVote this[int place] => ref At(place).Vote;

    /// <summary>The place of the same voter's vote before this one, or <see cref="None"/>.</summary>
    public int Before(int place) => At(place).Before;

    /// <summary>Adds a vote and gives its place.</summary>
    /// <param name="vote">The vote.</param>
    /// <param name="before">The place of the same voter's vote before, or <see cref="None"/>.</param>
    public int Add(in SheetVote vote, int before)
    {
        var (piece, index) = Find(Count);
        if (piece == _pieces.Count)
        {
            _pieces.Add(new Place[1 << (piece + FirstBits)]);
        }

        _pieces[piece][index] = new Place { Vote = vote, Before = before };
        return Count++;
    }

    /// <summary>The votes so far; votes added later are not among them.</summary>
    public IReadOnlyList<SheetVote> Prefix() => new Votes([.. _pieces], Count);

    private static (int Piece, int Index) Find(int place)
    {
        var shifted = (uint)place + (1u << FirstBits);
        var bits = BitOperations.Log2(shifted);
        return (bits - FirstBits, (int)(shifted - (1u << bits)));
    }

    private ref readonly Place At(int place)
    {
        var (piece, index) = Find(place);
        return ref _pieces[piece][index];
    }

    private struct Place
    {
        public SheetVote Vote;
        public int Before;
    }

    private sealed class Votes(Place[][] pieces, int count) : IReadOnlyList<SheetVote>
    {
        public int Count => count;

        public SheetVote this[int index]
        {
            get
            {
                var (piece, place) = Find(index);
                return pieces[piece][place].Vote;
            }
        }

        public IEnumerator<SheetVote> GetEnumerator()
        {
            for (var place = 0; place < count; place++)
            {
                yield return this[place];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
