using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace WildNOut.Web.Operations;

/// <summary>Keeps secrets out of logs: tokens, passwords in addresses, and properties named like secrets.</summary>
internal sealed partial class Redaction : ILogEventEnricher
{
    private const string Hidden = "[redacted]";

    private static readonly string[] SecretNames = ["authorization", "access_token", "accesstoken", "token", "password", "secret", "cookie", "databaseurl", "connectionstring"];

    /// <inheritdoc />
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        List<LogEventProperty>? changed = null;
        foreach (var (name, value) in logEvent.Properties)
        {
            if (SecretNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                (changed ??= []).Add(new LogEventProperty(name, new ScalarValue(Hidden)));
            }
            else if (value is ScalarValue { Value: string text } && Clean(text) is var clean && !ReferenceEquals(clean, text))
            {
                (changed ??= []).Add(new LogEventProperty(name, new ScalarValue(clean)));
            }
        }

        foreach (var property in changed ?? [])
        {
            logEvent.AddOrUpdateProperty(property);
        }
    }

    /// <summary>The text without secrets; the same object when there are none.</summary>
    public static string Clean(string text) =>
        Secrets().IsMatch(text) ? Secrets().Replace(text, match => match.Groups["keep"].Value + Hidden) : text;

    [GeneratedRegex("(?<keep>Bearer\\s+|access_token=|Password=|://[^:/@\\s]+:(?=[^@/\\s]+@))[^&\\s;\"@]+|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Secrets();
}
