using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SimpleBase;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Keys, hashes and signatures that follow from a seed: they look right, and nobody can sign with them.</summary>
internal static class DevnetKeys
{
    public static string Address(string label) => Base58.Bitcoin.Encode(SHA256.HashData(Encoding.UTF8.GetBytes("wildnout devnet " + label)));

    public static string BlockHash(ulong seed, ulong slot, int fork) => Base58.Bitcoin.Encode(SHA256.HashData(Bytes(stackalloc byte[24], seed, slot, fork, 0)));

    public static string Signature(ulong seed, ulong slot, int fork, int index) =>
        Base58.Bitcoin.Encode(SHA512.HashData(Bytes(stackalloc byte[24], seed, slot, fork, index)));

    /// <summary>A source of chance that belongs to a slot.</summary>
    public static Random Chance(ulong seed, ulong slot, int fork)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Bytes(stackalloc byte[24], seed, slot, fork, -1), hash);
        return new Random(BinaryPrimitives.ReadInt32LittleEndian(hash));
    }

    private static Span<byte> Bytes(Span<byte> buffer, ulong seed, ulong slot, int fork, int index)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(buffer, seed);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer[8..], slot);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[16..], fork);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[20..], index);
        return buffer;
    }
}
