using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors;
using WildNOut.Actors.Audit;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Web.Configuration;

namespace WildNOut.Web.Operations;

/// <summary>
/// The verb <c>verify-audit [NUMBER:HASH …]</c>: holds the audit log's journal against itself, against the table, against its snapshot and against the given
/// entries as they were known before, and says what was changed, removed or inserted.
/// </summary>
public static class VerifyAudit
{
    /// <summary>The most findings that are told one by one.</summary>
    public const int MostTold = 100;

    private const int HashDigits = 64;

    /// <summary>Runs the verb; the exit code is 0 when all is as it was recorded, 1 when something is not, 2 when it cannot be found out.</summary>
    public static async Task<int> RunAsync(string[] arguments, ServerOptions options, TextWriter output, TextWriter error)
    {
        var anchors = new List<AuditReceipt>();
        foreach (var argument in arguments)
        {
            if (!TryParse(argument, out var anchor))
            {
                await error.WriteLineAsync("Usage: verify-audit [NUMBER:HASH …], with entries as earlier runs or GET /admin/audit/head gave them");
                return 2;
            }

            anchors.Add(anchor);
        }

        try
        {
            await using var database = new ReadModelDatabase(options.DatabaseUrl, options.DatabasePoolSize, NullLogger<ReadModelDatabase>.Instance);
            var catalogue = ActorsSetup.Catalogue(ActorsSetup.Capabilities(options.ToNode()));
            return await TellAsync(await new AuditVerification(database, catalogue).RunAsync(anchors), output);
        }
        catch (Exception failure)
        {
            await error.WriteLineAsync($"The audit log could not be verified: {failure.Message}");
            return 2;
        }
    }

    private static async Task<int> TellAsync(AuditVerdict verdict, TextWriter output)
    {
        foreach (var finding in verdict.Findings.Take(MostTold))
        {
            await output.WriteLineAsync($"{finding.Where}: {finding.What}");
        }

        if (verdict.Findings.Count > MostTold)
        {
            await output.WriteLineAsync(FormattableString.Invariant($"… and {verdict.Findings.Count - MostTold} more"));
        }

        await output.WriteLineAsync(FormattableString.Invariant(
            $"{verdict.Entries} entries, {verdict.Pending} of them not in the table yet; head {verdict.Head.Number}:{verdict.Head.Hash}"));
        await output.WriteLineAsync(verdict.Findings.Count == 0
            ? "The audit log is as it was recorded."
            : FormattableString.Invariant($"The audit log is NOT as it was recorded: {verdict.Findings.Count} findings."));
        return verdict.Findings.Count == 0 ? 0 : 1;
    }

    private static bool TryParse(string text, out AuditReceipt anchor)
    {
        anchor = new AuditReceipt(0, AuditHash.Genesis);
        if (text.Split(':') is not [var number, var hash] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            || hash.Length != HashDigits || !hash.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        anchor = new AuditReceipt(parsed, hash.ToLowerInvariant());
        return true;
    }
}
