namespace WildNOut.Benchmarks.Load;

/// <summary>What the connections ask, and whether the answers are right. Called by the one thread of the load loop.</summary>
internal abstract class Workload
{
    /// <summary>The longest request in bytes.</summary>
    public abstract int RequestCapacity { get; }

    /// <summary>The longest reply in bytes, headers included.</summary>
    public virtual int ReplyCapacity => 4_096;

    /// <summary>Writes the next request of a connection, or patches the one that its buffer still holds.</summary>
    /// <param name="connection">The connection's number, from 0.</param>
    /// <param name="buffer">The connection's own buffer; it keeps its content between calls.</param>
    /// <returns>The length; 0 when there is nothing left to ask.</returns>
    public abstract int Next(int connection, Span<byte> buffer);

    /// <summary>Whether the answer to the connection's last request is the right one.</summary>
    public abstract bool IsRight(int connection, int status, ReadOnlySpan<byte> body);

    /// <summary>What the connection asked last, for the report of an answer that was not right.</summary>
    public virtual string Asked(int connection) => "";
}
