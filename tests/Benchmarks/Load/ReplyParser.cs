using System.Buffers.Text;

namespace WildNOut.Benchmarks.Load;

/// <summary>Just enough of HTTP/1.1 to tell when a reply is complete, what its status is and where its body lies.</summary>
internal static class ReplyParser
{
    private const int StatusAt = 9; // after "HTTP/1.1 "

    /// <summary>Looks whether the bytes so far hold a whole reply.</summary>
    /// <param name="bytes">Everything received since the last reply.</param>
    /// <param name="reply">The reply, when it is whole.</param>
    /// <returns>False while more must come.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Reply reply)
    {
        reply = default;
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0 || !Utf8Parser.TryParse(bytes.Slice(StatusAt, 3), out int status, out _))
        {
            return false;
        }

        var body = bytes[(head + 4)..];
        var headers = bytes[..(head + 2)];
        if (TryLength(headers, out var length))
        {
            reply = new Reply(status, head + 4, length, head + 4 + length);
            return body.Length >= length;
        }

        if (status is 204 or 304)
        {
            reply = new Reply(status, head + 4, 0, head + 4);
            return true;
        }

        return TryChunk(status, head + 4, body, out reply);
    }

    private static bool TryLength(ReadOnlySpan<byte> headers, out int length)
    {
        length = 0;
        var at = headers.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(headers[(at + 16)..], out length, out _);
    }

    /// <summary>A chunked body counts as whole when its end has come; <see cref="Reply"/> then spans all chunks with their frames.</summary>
    private static bool TryChunk(int status, int start, ReadOnlySpan<byte> body, out Reply reply)
    {
        if (body.SequenceEqual("0\r\n\r\n"u8))
        {
            reply = new Reply(status, start, 0, start + 5);
            return true;
        }

        var end = body.IndexOf("\r\n0\r\n\r\n"u8);
        reply = new Reply(status, start, end, start + end + 7);
        return end >= 0;
    }
}

/// <summary>A whole reply.</summary>
/// <param name="Status">The status code.</param>
/// <param name="BodyAt">Where the body begins.</param>
/// <param name="BodyLength">How long it is.</param>
/// <param name="Total">How many bytes the whole reply takes.</param>
internal readonly record struct Reply(int Status, int BodyAt, int BodyLength, int Total);
