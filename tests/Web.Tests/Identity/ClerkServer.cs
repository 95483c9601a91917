using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StandardWebhooks;

namespace WildNOut.Web.Tests.Identity;

/// <summary>A node that takes the tokens and webhooks of an identity provider, which runs beside it.</summary>
public sealed class ClerkServer : ServerFixture, IAsyncLifetime
{
    private readonly WebApplication _provider;
    private readonly string _secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public ClerkServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _provider = builder.Build();
        _provider.MapGet("/.well-known/jwks.json", () => Results.Text(Issuer!.Keys, "application/json"));
        ((IHost)_provider).Start();
        Issuer = new Issuer(_provider.Urls.Single(), TimeProvider.System).Add("one").Add("other", published: false);
    }

    internal Issuer Issuer { get; }

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["CLERK_ISSUER"] = Issuer.Address,
        ["CLERK_AUTHORIZED_PARTIES"] = Issuer.Party,
        ["CLERK_WEBHOOK_SECRET"] = _secret,
        ["CORS_ORIGIN"] = Issuer.Party,
    };

    /// <summary>Sends a message of the provider's, signed by an independent library.</summary>
    public Task<Response> TellAsync(string body, string id, DateTimeOffset? at = null, string? signedBody = null, string family = "svix")
    {
        var time = at ?? DateTimeOffset.UtcNow;
        var signature = new StandardWebhook(_secret).Sign(id, time, signedBody ?? body);
        return PostAsync("/api/webhooks/clerk", body, null, AsksFirst, ($"{family}-id", id), ($"{family}-timestamp", $"{time.ToUnixTimeSeconds()}"), ($"{family}-signature", signature));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _provider.DisposeAsync();
        Issuer.Dispose();
    }
}
