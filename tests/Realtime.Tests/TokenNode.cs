using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Token;
using WildNOut.Chain;
using WildNOut.Web;
using WildNOut.Web.Configuration;
using WildNOut.Web.Gateway;
using WildNOut.Web.Identity;
using WildNOut.Web.Realtime;
using Xunit;

namespace WildNOut.Realtime.Tests;

/// <summary>A whole node that follows a token, on a fresh SQLite file.</summary>
public sealed class TokenNode : IAsyncLifetime
{
    public const string Mint = "MintMintMintMintMintMintMintMintMintMintMint";

    private readonly string _folder = Directory.CreateTempSubdirectory("wildnout-token-").FullName;
    private WebApplication _app = null!;

    internal TokenTail Tail => _app.Services.GetRequiredService<TokenTail>();

    internal ChannelFanout Fanout => _app.Services.GetRequiredService<ChannelFanout>();

    private HttpClient Client { get; set; } = null!;

    public async Task InitializeAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["PORT"] = "0",
            ["CLUSTER_PORT"] = "0",
            ["DATABASE_URL"] = $"sqlite:{_folder}/wildnout.db",
            ["DEMO"] = "false",
            ["LOG_LEVEL"] = "warning",
            // Every client of a test comes from one address.
            ["RATE_LIMIT_MAX"] = "1000000",
        };
        var (options, faults) = ServerOptionsReader.Read(settings.GetValueOrDefault, development: true);
        Assert.Empty(faults);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = _folder });
        builder.Services.AddSingleton(new ChainOptions { Mint = Mint });
        _app = builder.BuildNode(options);
        await _app.StartAsync();
        // A stream that is let go of ends at once, as a browser's does, instead of being read a while longer for the sake of its connection.
        Client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal Task StopAsync() => _app.StopAsync();

    /// <summary>Asks the feed until it answers; a node that has just started may need a moment.</summary>
    internal async Task<FeedTip> AskAsync(IMessage message)
    {
        using var limit = new CancellationTokenSource(ArenaClient.Patience);
        while (true)
        {
            var reply = await _app.Services.GetRequiredService<EntityGateway>().AskAsync(FeedDefinition.AddressOf(Mint), message).WaitAsync(limit.Token);
            if ((reply is Done done ? done.Reply : reply) is FeedTip tip)
            {
                return tip;
            }

            Assert.IsType<Unavailable>(reply);
        }
    }

    /// <summary>A stream into a client that takes little before it reads.</summary>
    internal async Task<EventStream> NarrowStreamAsync(string query)
    {
        var narrow = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 * 1024 };
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = Client.BaseAddress };
        return new EventStream(await narrow.GetAsync("/api/token/stream" + query, HttpCompletionOption.ResponseHeadersRead), narrow);
    }

    internal async Task<EventStream> StreamAsync(string query = "", string? lastEventId = null, string? user = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/token/stream" + query);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        if (user is not null)
        {
            var token = _app.Services.GetRequiredKeyedService<SignedTokens>(SignedTokens.DevelopmentIssuer).Issue(new Caller(user, Role.User)).Token;
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return new EventStream(await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    internal async Task<HubConnection> ConnectAsync(bool messagePack = false)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(Client.BaseAddress!, RealtimeSetup.HubPath), HttpTransportType.WebSockets);
        var connection = (messagePack ? builder.AddMessagePackProtocol() : builder).Build();
        await connection.StartAsync();
        return connection;
    }
}

/// <summary>A client of server-sent events.</summary>
internal sealed class EventStream(HttpResponseMessage response, HttpClient? client = null) : IAsyncDisposable
{
    private SseParser<string>? _parser;
    private IAsyncEnumerator<SseItem<string>>? _events;

    public HttpResponseMessage Response => response;

    public string LastEventId => _parser?.LastEventId ?? "";

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<SseItem<string>?> NextAsync()
    {
        _parser ??= SseParser.Create(await response.Content.ReadAsStreamAsync());
        _events ??= _parser.EnumerateAsync().GetAsyncEnumerator();
        return await _events.MoveNextAsync().AsTask().WaitAsync(ArenaClient.Patience) ? _events.Current : null;
    }

    public ValueTask DisposeAsync()
    {
        response.Dispose();
        client?.Dispose();
        return ValueTask.CompletedTask;
    }
}
