using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using WildNOut.Web.Configuration;

namespace WildNOut.Web.Operations;

/// <summary>Prints the addresses to open once the node listens.</summary>
internal sealed class StartupNotice(IServer server, ServerOptions options, IHostApplicationLifetime lifetime, ILogger<StartupNotice> logger) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print()
    {
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            var open = address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "[::1]", StringComparison.Ordinal).TrimEnd('/');
            logger.LogInformation("REST       {Address}", open + options.ApiPrefix);
            logger.LogInformation("Reference  {Address}", open + "/docs");
            logger.LogInformation("OpenAPI    {Address}", open + "/openapi/v1.json");
            logger.LogInformation("SignalR    {Address}", open + "/hubs/arena");
            logger.LogInformation("Health     {Address}", open + "/health");
        }
    }
}
