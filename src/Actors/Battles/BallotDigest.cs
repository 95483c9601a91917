using System.Security.Cryptography;
using System.Text;

namespace WildNOut.Actors.Battles;

/// <summary>
/// By what a ballot box knows voters and commands: the first 128 bits of the SHA-256 of the id. Of one size and without references, so that a million
/// votes cost little memory and the collector nothing; two ids with the same digest cannot be found.
/// </summary>
internal static class BallotDigest
{
    /// <summary>No id.</summary>
    public static readonly UInt128 None = UInt128.Zero;

    /// <summary>The digest of an id; <see cref="None"/> for null.</summary>
    public static UInt128 Of(string? id)
    {
        if (id is null)
        {
            return None;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(id.Length);
        Span<byte> bytes = length <= 1_024 ? stackalloc byte[length] : new byte[length];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(id, bytes)], hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
