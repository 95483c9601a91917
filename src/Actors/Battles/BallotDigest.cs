using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WildNOut.Actors.Battles;

/// <summary>
/// By what a ballot box knows voters and commands: the first 128 bits of the SHA-256 of the id. Of one size and without references, so that a million
/// votes cost little memory and the collector nothing; two ids with the same digest cannot be found. Two halves, since a <see cref="UInt128"/> begins at
/// multiples of 16 bytes only, which would make a vote a quarter longer and its entry in a dictionary half.
/// </summary>
/// <param name="High">The first 64 bits.</param>
/// <param name="Low">The last 64 bits.</param>
public readonly record struct BallotDigest(ulong High, ulong Low)
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 16;

    /// <summary>No id.</summary>
    public static readonly BallotDigest None;

    /// <summary>The digest of an id; <see cref="None"/> for null.</summary>
    public static BallotDigest Of(string? id)
    {
        if (id is null)
        {
            return None;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(id.Length);
        Span<byte> bytes = length <= 1_024 ? stackalloc byte[length] : new byte[length];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(id, bytes)], hash);
        return Read(hash);
    }

    /// <summary>Reads <see cref="Length"/> bytes.</summary>
    public static BallotDigest Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));

    /// <summary>Writes <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Low);
    }
}
