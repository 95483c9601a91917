using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Web.Configuration;

namespace WildNOut.Web.Operations;

/// <summary>The verb <c>rebuild-projection NAME</c>: asks the running cluster to fill a projection's tables again from the journal.</summary>
internal static class RebuildProjection
{
    /// <summary>Runs the verb; the exit code is 0 when the request was noted, 2 when it was not.</summary>
    public static async Task<int> RunAsync(string[] arguments, ServerOptions options)
    {
        if (arguments is not [var name])
        {
            await Console.Error.WriteLineAsync("Usage: rebuild-projection NAME");
            return 2;
        }

        await using var database = new ReadModelDatabase(options.DatabaseUrl, options.DatabasePoolSize, NullLogger<ReadModelDatabase>.Instance);
        if (await ProjectionRebuild.RequestAsync(database, name))
        {
            await Console.Out.WriteLineAsync($"The projection '{name}' is rebuilt from the beginning of the journal; lists are incomplete until it has caught up.");
            return 0;
        }

        await Console.Error.WriteLineAsync($"The database knows no projection '{name}'.");
        return 2;
    }
}
