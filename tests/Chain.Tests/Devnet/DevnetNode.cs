using System.Net.Http.Json;
using System.Text.Json;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Tests.Devnet;

/// <summary>A chain with a running server, asked by plain HTTP.</summary>
internal sealed class DevnetNode : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private DevnetNode(SimulatedChain chain, TimeProvider? clock) => (Chain, Server) = (chain, new DevnetServer(chain, clock: clock));

    public SimulatedChain Chain { get; }

    public DevnetServer Server { get; }

    public DevnetFaults Faults => Server.Faults;

    public static async Task<DevnetNode> StartAsync(SimulatedChain? chain = null, TimeProvider? clock = null)
    {
        var node = new DevnetNode(chain ?? new SimulatedChain(), clock);
        await node.Server.StartAsync();
        return node;
    }

    /// <summary>The whole answer to a call with these parameters, as JSON.</summary>
    public async Task<JsonElement> AskAsync(string method, string parameters = "[]")
    {
        using var response = await PostAsync($$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""");
        Assert.True(response.IsSuccessStatusCode);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("2.0", answer.GetProperty("jsonrpc").GetString());
        Assert.Equal(7, answer.GetProperty("id").GetInt32());
        return answer;
    }

    public async Task<JsonElement> ResultAsync(string method, string parameters = "[]") => (await AskAsync(method, parameters)).GetProperty("result");

    public async Task<int> ErrorAsync(string method, string parameters = "[]") =>
        (await AskAsync(method, parameters)).GetProperty("error").GetProperty("code").GetInt32();

    public Task<HttpResponseMessage> PostAsync(string body) => _http.PostAsync(Server.Addresses.Rpc, new StringContent(body, null, "application/json"));

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(Server.Addresses.Prices, path));

    public Task<Stream> StreamAsync(string path) => _http.GetStreamAsync(new Uri(Server.Addresses.Prices, path));

    /// <summary>All finalized blocks, whole.</summary>
    public async Task<IReadOnlyList<(ulong Slot, JsonElement Block)>> BlocksAsync()
    {
        var blocks = new List<(ulong, JsonElement)>();
        foreach (var slot in (await ResultAsync("getBlocks", "[0,400000]")).EnumerateArray().Select(slot => slot.GetUInt64()))
        {
            blocks.Add((slot, await ResultAsync("getBlock", $$"""[{{slot}},{"encoding":"jsonParsed","transactionDetails":"full","maxSupportedTransactionVersion":1,"rewards":false}]""")));
        }

        return blocks;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
