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

await using var app = builder.BuildNode(options);
await app.StartAsync();
await app.Services.GetRequiredService<SignalLifetime>().ToldAsync(app.Lifetime);
await app.StopAsync();
return 0;
