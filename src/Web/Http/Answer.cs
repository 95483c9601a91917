using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WildNOut.Web.Http;

/// <summary>A success on its way out, written with a source-generated JSON contract.</summary>
/// <typeparam name="T">The type of the body.</typeparam>
/// <param name="value">The body.</param>
/// <param name="json">The contract of the body.</param>
/// <param name="status">The HTTP status.</param>
public sealed class Answer<T>(T value, JsonTypeInfo<T> json, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Where a created thing is.</summary>
    public string? Location { get; init; }

    /// <summary>The version of the thing; null derives one from the body when <see cref="Conditional"/> is set.</summary>
    public string? ETag { get; init; }

    /// <summary>The version that a tag derived from the body begins with, for edits to name.</summary>
    public long? Version { get; init; }

    /// <summary>Whether <c>If-None-Match</c> is honoured.</summary>
    public bool Conditional { get; init; }

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, json);
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        var tag = ETag ?? (Version is { } version ? ETags.Of(version, body) : Conditional ? ETags.Of(body) : null);
        if (tag is not null)
        {
            response.Headers.ETag = tag;
            if (Conditional && ETags.Matches(httpContext.Request.Headers.IfNoneMatch, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        response.StatusCode = status;
        return Answer.WriteAsync(httpContext, body, Answer.JsonType);
    }
}

/// <summary>Writing bodies.</summary>
public static class Answer
{
    /// <summary>The media type of every success.</summary>
    public const string JsonType = "application/json; charset=utf-8";

    /// <summary>Writes a whole body at once.</summary>
    public static Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> body, string type)
    {
        var response = http.Response;
        response.ContentType = type;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body).AsTask();
    }
}
