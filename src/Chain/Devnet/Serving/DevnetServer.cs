using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>
/// A node of the devnet: JSON-RPC over HTTP and WebSocket, and price feeds, on one port of the loopback address. The port is taken when the server is
/// made, so that others may know the address before it starts. Several servers may stand before one chain, each with faults of its own.
/// </summary>
public sealed class DevnetServer : IAsyncDisposable
{
    private readonly SimulatedChain _chain;
    private readonly TimeProvider _clock;
    private readonly RpcEndpoint _rpc;
    private readonly PriceEndpoints _prices;
    private readonly WalletEndpoints _wallets;
    private readonly SubscriptionMethods _subscriptions;
    private readonly SubscriptionIds _ids = new();
    private Socket? _socket;
    private WebApplication? _application;

    /// <summary>Takes a port.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="prices">The prices; null for those of the chain's seed.</param>
    /// <param name="faults">What the server does wrong; null for nothing.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="clock">The time of prices, delays and drops; null for the system's.</param>
    public DevnetServer(SimulatedChain chain, SimulatedPrices? prices = null, DevnetFaults? faults = null, int port = 0, TimeProvider? clock = null)
    {
        _chain = chain;
        _clock = clock ?? TimeProvider.System;
        Faults = faults ?? new DevnetFaults();
        Prices = prices ?? new SimulatedPrices(chain.Options.Seed);
        var http = new HttpFaults(Faults, chain.Options.Mint, _clock);
        _rpc = new RpcEndpoint(new RpcMethods(chain, Faults), http);
        _prices = new PriceEndpoints(chain, Prices, http, _clock);
        _wallets = new WalletEndpoints(chain);
        _subscriptions = new SubscriptionMethods(chain);
        _socket = Bind(port);
        Addresses = new DevnetAddresses(((IPEndPoint)_socket.LocalEndPoint!).Port);
    }

    /// <summary>What the server does wrong.</summary>
    public DevnetFaults Faults { get; }

    /// <summary>The prices that it tells.</summary>
    public SimulatedPrices Prices { get; }

    /// <summary>Where it listens, once started.</summary>
    public DevnetAddresses Addresses { get; }

    /// <summary>Begins to listen; may be called again after <see cref="StopAsync"/>, on the same port.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        _socket ??= Bind(Addresses.Port);
        var socket = _socket;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Addresses.Port));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => socket);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Run(AnswerAsync);
        await _application.StartAsync(cancellation);
    }

    /// <summary>Ends all connections and refuses new ones.</summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref _application, null) is { } application)
        {
            await application.StopAsync(cancellation);
            await application.DisposeAsync();
            _socket = null;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _socket?.Dispose();
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await AnswerAsync(context, stopping);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken stopping)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            await ServeSocketAsync(context, stopping);
        }
        else if (HttpMethods.IsPost(context.Request.Method) && context.Request.Path == "/")
        {
            await _rpc.AnswerAsync(context);
        }
        else if (!await _prices.AnswerAsync(context, stopping) && !await _wallets.AnswerAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task ServeSocketAsync(HttpContext context, CancellationToken stopping)
    {
        if (Faults.Strikes(DevnetFault.Down, "socket") is not null)
        {
            context.Abort();
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new SocketSession(socket, _chain, Faults, _subscriptions, _ids).RunAsync(_clock, stopping);
    }
}
