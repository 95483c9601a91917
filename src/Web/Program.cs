using WildNOut.Actors;
using WildNOut.Web;
using WildNOut.Web.Configuration;
using WildNOut.Web.Operations;
using WildNOut.Web.Realtime;

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

builder.AddWildNOutWeb(options);
builder.Services.AddWildNOutActors(options.ToNode());
builder.Services.AddRealtime();
var app = builder.Build();
app.MapWildNOutWeb(options);
app.MapRealtime();
await app.RunAsync();
return 0;

/// <summary>The node's entry point; public so that tests can host it.</summary>
public partial class Program;
