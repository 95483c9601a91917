using System.Buffers;
using System.Text.Json;
using WildNOut.Actors.Audit;

namespace WildNOut.Web.Endpoints;

/// <summary>Entries as lines of JSON, read and sent a few at a time whatever their number.</summary>
/// <param name="entries">The entries.</param>
internal sealed class AuditExport(IAsyncEnumerable<AuditEntryView> entries) : IResult
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/x-ndjson";

    private const int FlushAfter = 64 * 1024;

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = "attachment; filename=\"audit.ndjson\"";
        var body = response.BodyWriter;
        await foreach (var entry in entries)
        {
            body.Write(JsonSerializer.SerializeToUtf8Bytes(entry, AuditJson.Default.AuditEntryView));
            body.Write("\n"u8);
            if (body.UnflushedBytes >= FlushAfter)
            {
                // Waits for a slow client, and only for it.
                await body.FlushAsync(httpContext.RequestAborted);
            }
        }

        await body.FlushAsync(httpContext.RequestAborted);
    }
}
