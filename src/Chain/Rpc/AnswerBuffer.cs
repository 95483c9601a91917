using System.Buffers;

namespace WildNOut.Chain.Rpc;

/// <summary>The body of an answer in pooled memory.</summary>
internal sealed class AnswerBuffer : IDisposable
{
    private const int First = 16 * 1024;

    private byte[] _bytes;
    private int _length;

    private AnswerBuffer(int size) => _bytes = ArrayPool<byte>.Shared.Rent(size);

    /// <summary>What was read; gone after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads all of a body.</summary>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="most"/>, or badly compressed.</exception>
    public static async Task<AnswerBuffer> ReadAsync(HttpContent content, int most, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > most)
        {
            throw TooLong();
        }

        var buffer = new AnswerBuffer((int?)content.Headers.ContentLength + 1 ?? First);
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellation);
            await buffer.FillAsync(body, most, cancellation);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    private static InvalidDataException TooLong() => new("The answer is too long.");

    private async Task FillAsync(Stream body, int most, CancellationToken cancellation)
    {
        while (await body.ReadAsync(_bytes.AsMemory(_length), cancellation) is > 0 and var read)
        {
            _length += read;
            if (_length > most)
            {
                throw TooLong();
            }

            if (_length == _bytes.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_length * 2);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
