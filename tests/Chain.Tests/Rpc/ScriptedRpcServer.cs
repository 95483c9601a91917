using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>A node on loopback that answers as the test says, and keeps what it was asked.</summary>
internal sealed class ScriptedRpcServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ScriptedCall> _calls = new();
    private readonly ConcurrentQueue<Func<ScriptedCall, HttpContext, Task>> _script = new();
    private readonly Channel<ScriptedSocket> _sockets = Channel.CreateUnbounded<ScriptedSocket>();

    private ScriptedRpcServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public Uri WebSocket => new UriBuilder(Address) { Scheme = "ws", Path = "/ws" }.Uri;

    public IReadOnlyList<ScriptedCall> Calls => [.. _calls];

    /// <summary>Answers when the script is at its end.</summary>
    public Func<ScriptedCall, HttpContext, Task> Otherwise { get; set; } = Reply.Result("1");

    public static async Task<ScriptedRpcServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new ScriptedRpcServer(builder.Build());
        server._app.UseWebSockets();
        server._app.Map("/ws", server.SocketAsync);
        server._app.MapPost("/{**key}", server.AnswerAsync);
        await server._app.StartAsync();
        server.Address = new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>Scripts the next answers, one call each.</summary>
    public ScriptedRpcServer Then(params Func<ScriptedCall, HttpContext, Task>[] replies)
    {
        Array.ForEach(replies, _script.Enqueue);
        return this;
    }

    /// <summary>The next connection of a client.</summary>
    public Task<ScriptedSocket> SocketAsync() => _sockets.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var document = await JsonDocument.ParseAsync(http.Request.Body);
        var call = new ScriptedCall(
            document.RootElement.GetProperty("id").GetInt64(),
            document.RootElement.GetProperty("method").GetString()!,
            document.RootElement.GetProperty("params").Clone(),
            http.Request.Headers.Authorization.ToString());
        _calls.Enqueue(call);
        await (_script.TryDequeue(out var reply) ? reply : Otherwise)(call, http);
    }

    private async Task SocketAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var scripted = new ScriptedSocket(socket, http.RequestAborted);
        _sockets.Writer.TryWrite(scripted);
        await scripted.Over;
    }
}

/// <summary>A call that the server got.</summary>
internal sealed record ScriptedCall(long Id, string Method, JsonElement Parameters, string Authorization = "")
{
    /// <summary>The configuration, which comes last.</summary>
    public JsonElement Configuration => Parameters[Parameters.GetArrayLength() - 1];
}

/// <summary>Answers.</summary>
internal static class Reply
{
    public static Func<ScriptedCall, HttpContext, Task> Result(string result) => Body(call => $$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":{{result}}}""");

    public static Func<ScriptedCall, HttpContext, Task> Error(int code, string message = "No.", string data = "null") =>
        Body(call => $$"""{"jsonrpc":"2.0","error":{"code":{{code}},"message":"{{message}}","data":{{data}}},"id":{{call.Id}} }""");

    public static Func<ScriptedCall, HttpContext, Task> Body(Func<ScriptedCall, string> body, int status = 200, string type = "application/json", string? retryAfter = null) =>
        async (call, http) =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = type;
            if (retryAfter is not null)
            {
                http.Response.Headers.RetryAfter = retryAfter;
            }

            await http.Response.WriteAsync(body(call));
        };

    public static Func<ScriptedCall, HttpContext, Task> Compressed(string encoding, Func<ScriptedCall, string> body) => async (call, http) =>
    {
        http.Response.Headers.ContentEncoding = encoding;
        await using Stream packed = encoding == "br"
            ? new BrotliStream(http.Response.Body, CompressionLevel.Fastest)
            : new GZipStream(http.Response.Body, CompressionLevel.Fastest);
        await packed.WriteAsync(Encoding.UTF8.GetBytes(body(call)));
    };

    public static Func<ScriptedCall, HttpContext, Task> Status(int status, string? retryAfter = null) =>
        Body(_ => """{"jsonrpc":"2.0","error":{"code":429,"message":"Too many requests"},"id":1}""", status, retryAfter: retryAfter);

    /// <summary>Breaks off in the middle.</summary>
    public static async Task Abort(ScriptedCall call, HttpContext http)
    {
        http.Response.ContentLength = 1_000;
        await http.Response.WriteAsync("""{"jsonrpc":"2.0",""");
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    /// <summary>Holds the answer back until the client goes away, and tells when it was asked.</summary>
    public static Func<ScriptedCall, HttpContext, Task> Never(TaskCompletionSource asked) => async (_, http) =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        asked.SetResult();
        await gone.Task;
    };
}

/// <summary>The server's end of a WebSocket.</summary>
internal sealed class ScriptedSocket(WebSocket socket, CancellationToken aborted)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Over => _over.Task;

    /// <summary>The next request of the client.</summary>
    public async Task<ScriptedCall> AskedAsync()
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), aborted);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
        return new ScriptedCall(
            document.RootElement.GetProperty("id").GetInt64(), document.RootElement.GetProperty("method").GetString()!, document.RootElement.GetProperty("params").Clone());
    }

    /// <summary>Takes a subscription and confirms it.</summary>
    public async Task<ScriptedCall> ConfirmAsync(ulong id)
    {
        var call = await AskedAsync();
        await SendAsync($$"""{"jsonrpc":"2.0","result":{{id}},"id":{{call.Id}} }""");
        return call;
    }

    public Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, aborted);

    public Task NotifyAsync(ulong subscription, string result) =>
        SendAsync($$$"""{"jsonrpc":"2.0","method":"x","params":{"result":{{{result}}},"subscription":{{{subscription}}}}}""");

    /// <summary>Cuts the connection without a farewell.</summary>
    public void Drop()
    {
        socket.Abort();
        _over.TrySetResult();
    }

    public async Task CloseAsync()
    {
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "bye", aborted);
        _over.TrySetResult();
    }
}
