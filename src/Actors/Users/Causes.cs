using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WildNOut.Actors.Users;

/// <summary>
/// What makes a change count once for ever, whatever is sent again and in whatever order: each user remembers 64 bits of a digest of every cause. Two
/// causes of one user that agree in them would cost that user the second one: among 100,000 causes the chance is 1 in 3,000 million.
/// </summary>
public static class Causes
{
    /// <summary>What is remembered of a cause. Never change it: snapshots hold it.</summary>
    public static ulong Of(string cause)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(cause), digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    /// <summary>The cause of a deed and of the points for it, such as <c>voteCast:{entry}</c>.</summary>
    public static string Name(Deed deed) => $"{Engine.WireEnum<DeedKind>.Name(deed.Kind)}:{deed.Source}";

    /// <summary>Whether a deed counts once by its source. Holdings and days are absolute: the counters themselves know what is new.</summary>
    public static bool IsCounted(DeedKind kind) => kind is not (DeedKind.TokensHeld or DeedKind.DaySeen);
}
