namespace WildNOut.Chain.Signatures;

/// <summary>Reads the wire format of transactions from front to back. Once something is not there in its one right form, nothing more is read and <see cref="Failed"/> says so.</summary>
/// <param name="bytes">What is read.</param>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Seven bits a byte, at most three bytes, at most 65,535.</summary>
    private const int MostLengthBits = 21;

    /// <summary>What has not been read yet.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    /// <summary>Whether something was missing, or a length written in a second way.</summary>
    public bool Failed { get; private set; }

    /// <summary>One byte; 0 when it is missing.</summary>
    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    /// <summary>The next bytes; none when there are fewer.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (Failed || count > Rest.Length)
        {
            Failed = true;
            return default;
        }

        var taken = Rest[..count];
        Rest = Rest[count..];
        return taken;
    }

    /// <summary>A list: how many items, and the items.</summary>
    /// <param name="size">The bytes of an item.</param>
    public ReadOnlySpan<byte> List(int size) => Take(Length() * size);

    /// <summary>How many items of a list follow (compact-u16); 0 when that is missing or written in more bytes than it needs.</summary>
    public int Length()
    {
        var length = 0;
        for (var shift = 0; shift < MostLengthBits; shift += 7)
        {
            var part = Byte();
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                Failed |= (part == 0 && shift > 0) || length > ushort.MaxValue;
                return Failed ? 0 : length;
            }
        }

        Failed = true;
        return 0;
    }
}
