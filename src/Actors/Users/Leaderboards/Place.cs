using System.Buffers.Binary;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>Where somebody stands on a board. No two share a place; who is ahead has the lesser one.</summary>
/// <param name="Key">Minus the points.</param>
/// <param name="Since">When they were reached, in unix milliseconds.</param>
/// <param name="Number">The number of the person: who came first has the lesser one.</param>
public readonly record struct Place(long Key, long Since, long Number) : IComparable<Place>
{
    /// <summary>Before every place.</summary>
    public static readonly Place Start = new(long.MinValue, 0, 0);

    /// <summary>After every place.</summary>
    public static readonly Place End = new(long.MaxValue, 0, 0);

    public static bool operator <(Place left, Place right) => left.CompareTo(right) < 0;

    public static bool operator >(Place left, Place right) => left.CompareTo(right) > 0;

    public static bool operator <=(Place left, Place right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Place left, Place right) => left.CompareTo(right) >= 0;

    /// <summary>As a cursor of a list.</summary>
    public string ToCursor(string order)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Since);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Number);
        return new Keyset(order, Key, new Guid(bytes, bigEndian: true)).Encode();
    }

    /// <summary>Out of a cursor; null when it is damaged or of another list.</summary>
    public static Place? FromCursor(string order, string cursor)
    {
        if (Keyset.Decode(order, cursor) is not { } keyset)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        keyset.Id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new Place(keyset.Key, BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
    }

    /// <inheritdoc />
    public int CompareTo(Place other) =>
        Key != other.Key ? Key.CompareTo(other.Key)
        : Since != other.Since ? Since.CompareTo(other.Since)
        : Number.CompareTo(other.Number);
}
