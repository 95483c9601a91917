using System.Net;
using System.Text;

namespace WildNOut.Web.Tests.Identity;

/// <summary>A client that keeps cookies as browsers do, and says where its pages come from.</summary>
internal sealed class Browser : IDisposable
{
    private readonly CookieContainer _jar = new();
    private readonly HttpClient _client;
    private readonly Uri _site;

    public Browser(ServerFixture server)
    {
        _site = server.Client.BaseAddress!;
        Origin = _site.GetLeftPart(UriPartial.Authority);
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _jar }) { BaseAddress = _site };
    }

    /// <summary>Where the page comes from; null for a client that does not say.</summary>
    public string? Origin { get; set; }

    /// <summary>What the header shows.</summary>
    public string? Csrf { get; set; }

    /// <summary>The cookies that go with a request for a path.</summary>
    public IReadOnlyList<string> NamesFor(string path) => [.. _jar.GetCookies(new Uri(_site, path)).Select(cookie => cookie.Name).Order(StringComparer.Ordinal)];

    public Cookie? Find(string name) => _jar.GetAllCookies().FirstOrDefault(cookie => cookie.Name == name);

    public void Put(string name, string value) => _jar.Add(new Cookie(name, value, "/", _site.Host));

    public async Task<Response> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in (IEnumerable<(string, string?)>)[("Origin", Origin), ("X-CSRF-Token", Csrf), .. headers])
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _client.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Response((int)response.StatusCode, await response.Content.ReadAsStringAsync(), all);
    }

    public Task<Response> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Response> PostAsync(string path, string body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public void Dispose() => _client.Dispose();
}
