using WildNOut.Web;
using WildNOut.Web.Configuration;
using WildNOut.Web.Operations;

var builder = WebApplication.CreateBuilder(args);
var (options, faults) = ServerOptionsReader.Read(name => builder.Configuration[name], builder.Environment.IsDevelopment());
if (faults.Count > 0)
{
    await Console.Error.WriteLineAsync($"The configuration has {faults.Count} fault(s):");
    foreach (var fault in faults)
    {
        await Console.Error.WriteLineAsync("  " + fault);
    }

    return 1;
}

if (args is ["rebuild-projection", ..])
{
    return await RebuildProjection.RunAsync(args[1..], options);
}

if (args is ["verify-audit", ..])
{
    return await VerifyAudit.RunAsync(args[1..], options, Console.Out, Console.Error);
}

await using var app = builder.BuildNode(options);
var signals = app.Services.GetRequiredService<SignalLifetime>();
try
{
    // During the start there is nobody to take leave of.
    await using (signals.Told.Register(app.Lifetime.StopApplication))
    {
        await app.StartAsync();
    }

    await signals.ToldAsync(app.Lifetime);
}
catch (OperationCanceledException) when (signals.Told.IsCancellationRequested)
{
    // Told to leave before it had started.
}

await app.StopAsync();
return 0;
