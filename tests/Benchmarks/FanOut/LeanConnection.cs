using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WildNOut.Benchmarks.FanOut;

/// <summary>A SignalR client of the JSON protocol on a bare socket: it costs the generator next to nothing, so that two thousand fit beside the server.</summary>
internal sealed class LeanConnection : IDisposable
{
    private const byte RecordSeparator = 0x1e;
    private static readonly byte[] Ping = Frame("{\"type\":6}\u001e");

    private readonly Socket _socket;
    private byte[] _frames = new byte[16 * 1024];
    private byte[] _text = new byte[16 * 1024];
    private int _framed;
    private int _texted;
    private bool _subscribed;

    /// <summary>Connects and subscribes to a channel.</summary>
    /// <param name="server">The server.</param>
    /// <param name="token">Whose connection it is.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="watcher">Takes the messages.</param>
    /// <param name="receiveBuffer">The kernel's buffer in bytes; null for its own choice.</param>
    public LeanConnection(Uri server, string token, string channel, Watcher watcher, int? receiveBuffer = null)
    {
        Watcher = watcher;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
        if (receiveBuffer is { } bytes)
        {
            _socket.ReceiveBufferSize = bytes;
        }

        _socket.Connect(IPAddress.Loopback, server.Port);
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET /hubs/arena?access_token={token} HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        AwaitUpgrade();
        _socket.Send(Frame("{\"protocol\":\"json\",\"version\":1}\u001e"));
        _socket.Send(Frame($$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":["{{channel}}",null]}""" + '\u001e'));
        while (!_subscribed)
        {
            Take();
        }

        _socket.Blocking = false;
    }

    /// <summary>What the client has seen.</summary>
    public Watcher Watcher { get; }

    /// <summary>The socket's number.</summary>
    public int Descriptor => (int)_socket.Handle;

    /// <summary>Tells the server that the client lives.</summary>
    public void SendPing() => _socket.Send(Ping);

    /// <summary>Takes what has arrived.</summary>
    /// <exception cref="SocketException">The connection was lost.</exception>
    public void Take()
    {
        var got = _socket.Receive(_frames.AsSpan(_framed), SocketFlags.None);
        if (got == 0)
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }

        _framed += got;
        Unframe();
        if (_framed == _frames.Length)
        {
            Array.Resize(ref _frames, _frames.Length * 2);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    /// <summary>A text frame (RFC 6455) under a mask of zeros.</summary>
    private static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        return payload.Length < 126
            ? [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
            : [0x81, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];
    }

    private static long NumberAfter(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name)
    {
        var at = record.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(record[(at + name.Length)..], out long number, out _) ? number : 0;
    }

    private void AwaitUpgrade()
    {
        int end;
        do
        {
            var got = _socket.Receive(_frames.AsSpan(_framed), SocketFlags.None);
            _framed += got;
            end = _frames.AsSpan(0, _framed).IndexOf("\r\n\r\n"u8);
            if (got == 0)
            {
                break;
            }
        }
        while (end < 0);

        if (end < 0 || !_frames.AsSpan().StartsWith("HTTP/1.1 101 "u8))
        {
            throw new InvalidOperationException($"No WebSocket: {Encoding.UTF8.GetString(_frames, 0, Math.Min(_framed, 500))}");
        }

        Shift(_frames, ref _framed, end + 4);
    }

    private void Unframe()
    {
        var taken = 0;
        while (TryFrame(_frames.AsSpan(taken, _framed - taken), out var opcode, out var start, out var length))
        {
            if (opcode is 0 or 1 or 2)
            {
                Append(_frames.AsSpan(taken + start, length));
            }
            else if (opcode == 8)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            taken += start + length;
        }

        Shift(_frames, ref _framed, taken);
    }

    private static bool TryFrame(ReadOnlySpan<byte> bytes, out int opcode, out int start, out int length)
    {
        (opcode, start, length) = (0, 2, 0);
        if (bytes.Length < 2)
        {
            return false;
        }

        opcode = bytes[0] & 0x0f;
        length = bytes[1] & 0x7f;
        if (length == 126 && bytes.Length >= 4)
        {
            (start, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
        }
        else if (length == 127 && bytes.Length >= 10)
        {
            (start, length) = (10, checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])));
        }
        else if (length >= 126)
        {
            return false;
        }

        return bytes.Length >= start + length;
    }

    private void Append(ReadOnlySpan<byte> payload)
    {
        if (_texted + payload.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _texted + payload.Length));
        }

        payload.CopyTo(_text.AsSpan(_texted));
        _texted += payload.Length;
        var taken = 0;
        int end;
        while ((end = _text.AsSpan(taken, _texted - taken).IndexOf(RecordSeparator)) >= 0)
        {
            Read(_text.AsSpan(taken, end));
            taken += end + 1;
        }

        Shift(_text, ref _texted, taken);
    }

    private void Read(ReadOnlySpan<byte> record)
    {
        if (record.StartsWith("{\"type\":1,"u8))
        {
            var type = record[(record.IndexOf("\"type\":\""u8) + 8)..];
            type = type[..type.IndexOf((byte)'"')];
            var voteCount = type.SequenceEqual("battle.vote"u8) ? NumberAfter(record, "\"voteCount\":"u8) : 0;
            Watcher.See(type, NumberAfter(record, "\"sequence\":"u8), (int)voteCount);
        }
        else if (record.StartsWith("{\"type\":3,"u8))
        {
            _subscribed = record.IndexOf("\"error\":"u8) < 0
                ? true
                : throw new InvalidOperationException($"Subscribe was refused: {Encoding.UTF8.GetString(record)}");
        }
        else if (record.StartsWith("{\"type\":7"u8) || record.StartsWith("{\"error\""u8))
        {
            throw new InvalidOperationException($"The server closed: {Encoding.UTF8.GetString(record)}");
        }
    }

    private static void Shift(byte[] buffer, ref int filled, int taken)
    {
        if (taken > 0)
        {
            buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
            filled -= taken;
        }
    }
}
