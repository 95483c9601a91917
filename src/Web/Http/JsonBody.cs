using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Http;

/// <summary>A request body, read strictly: the value and its fingerprint, or what is wrong with it.</summary>
/// <typeparam name="T">The type of the body.</typeparam>
/// <param name="Value">The value; null when there is a problem.</param>
/// <param name="Fingerprint">A digest of the bytes, for commands with an <c>Idempotency-Key</c>; null without one.</param>
/// <param name="Problem">What is wrong; null when the body is fine.</param>
public readonly record struct JsonBody<T>(T? Value, string? Fingerprint, Problem? Problem)
    where T : class;

/// <summary>Reads request bodies.</summary>
public static class JsonBody
{
    /// <summary>The largest body taken, in bytes (1 MiB).</summary>
    public const int MaxBytes = 1_048_576;

    /// <summary>Reads a body of JSON.</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than <see cref="MaxBytes"/> or was cut off.</exception>
    public static async ValueTask<JsonBody<T>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> json)
        where T : class
    {
        if (!IsJson(http.Request.ContentType))
        {
            return new(null, null, Problem.OfStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return new(null, null, Problem.OfStatus(StatusCodes.Status413PayloadTooLarge));
            }

            if (read.IsCompleted)
            {
                var body = Parse(read.Buffer, json, http.Request.Headers.ContainsKey(Idempotency.Header));
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool IsJson(string? type) =>
        type is not null
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out var media)
                && media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || media.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))));

    private static JsonBody<T> Parse<T>(ReadOnlySequence<byte> bytes, JsonTypeInfo<T> json, bool fingerprint)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = json.Options.MaxDepth });
            var value = JsonSerializer.Deserialize(ref reader, json);
            if (value is null)
            {
                return new(null, null, Problem.Invalid("body", "must be an object, not null"));
            }

            // Reading on finds out whether anything follows the value.
            return reader.Read()
                ? new(null, null, Problem.Malformed("Something follows the JSON value."))
                : new(value, fingerprint ? Idempotency.Fingerprint(bytes) : null, null);
        }
        catch (JsonException fault)
        {
            return new(null, null, JsonFault.ProblemOf(fault));
        }
    }
}
