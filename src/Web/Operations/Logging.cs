using System.Globalization;
using Serilog;
using Serilog.Events;
using WildNOut.Web.Configuration;

namespace WildNOut.Web.Operations;

/// <summary>Structured logs on the console. Requests leave a line only when they fail or are slow, or at level debug.</summary>
internal static class Logging
{
    private const string Line = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} {SourceContext} {RequestId} {Message:lj}{NewLine}{Exception}";

    /// <summary>Puts Serilog in place of the other loggers.</summary>
    public static void AddLogging(WebApplicationBuilder builder, ServerOptions options)
    {
        var level = Enum.Parse<LogEventLevel>(options.LogLevel, ignoreCase: true);
        var quiet = level < LogEventLevel.Information ? level : level > LogEventLevel.Warning ? level : LogEventLevel.Warning;
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(
            logger => logger
                .MinimumLevel.Is(level)
                .MinimumLevel.Override("Microsoft", quiet)
                // Requests are followed by their id. While this is on, each also gets an Activity and an execution context of its own.
                .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", level < LogEventLevel.Information ? level : LevelAlias.Off)
                .MinimumLevel.Override("System", quiet)
                .MinimumLevel.Override("Akka", level < LogEventLevel.Information ? level : LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", level)
                .Enrich.FromLogContext()
                .Enrich.With(new Redaction())
                .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture),
            preserveStaticLogger: true);
    }
}
