using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Audit;

/// <summary>
/// The hash that ties an entry to all before it: SHA-256 over the hash of the entry in front and the entry's canonical bytes. Never change either: entries
/// are checked by it for ever.
/// </summary>
/// <remarks>
/// Canonical bytes, numbers big-endian: number (8), recorded at (8, unix milliseconds), id (16), at (8), then the texts actor, role, action, target type, target id,
/// address, request id, result, each as its length in UTF-8 (4; all ones for null) and the UTF-8, then the number of details (4) and each name and value in ordinal order of the names.
/// </remarks>
public static class AuditHash
{
    /// <summary>What stands in front of the first entry.</summary>
    public static readonly string Genesis = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>The hash that an entry must have.</summary>
    /// <exception cref="FormatException"><paramref name="previousHash"/> is not a hash.</exception>
    public static string Of(string previousHash, long number, DateTimeOffset recordedAt, AuditedAction action)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(previousHash));
        Add(hash, number);
        Add(hash, recordedAt.ToUnixTimeMilliseconds());
        Span<byte> id = stackalloc byte[16];
        action.Id.TryWriteBytes(id, bigEndian: true, out _);
        hash.AppendData(id);
        Add(hash, action.At.ToUnixTimeMilliseconds());
        Add(hash, action.Actor);
        Add(hash, action.Role is { } role ? WireEnum<Role>.Name(role) : null);
        Add(hash, action.Action);
        Add(hash, action.TargetType);
        Add(hash, action.TargetId);
        Add(hash, action.Address);
        Add(hash, action.RequestId);
        Add(hash, WireEnum<AuditResult>.Name(action.Result));
        AddCount(hash, action.Details.Count);
        foreach (var (name, value) in action.Details.OrderBy(detail => detail.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The hash that a recorded entry must have.</summary>
    public static string Of(ActionRecorded entry) => Of(entry.PreviousHash, entry.Number, entry.RecordedAt, entry.Action);

    private static void Add(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            AddCount(hash, -1);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        AddCount(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AddCount(IncrementalHash hash, int count)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, count);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
