using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using WildNOut.Actors.Engine;
using WildNOut.Web.Http;

namespace WildNOut.Web.Errors;

/// <summary>A failure on its way out.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Details">What is wrong with each faulty field.</param>
public sealed record Problem(int Status, string Code, string Message, IReadOnlyDictionary<string, string>? Details = null) : IResult
{
    /// <summary>The media type of every failure.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Nobody is signed in, or the token does not hold.</summary>
    public static Problem Unauthorized(string message = "Sign in: send a bearer token in the Authorization header.") =>
        new(StatusCodes.Status401Unauthorized, "unauthorized", message);

    /// <summary>The token was good once.</summary>
    public static readonly Problem TokenExpired = new(StatusCodes.Status401Unauthorized, "token_expired", "The token has expired; get a new one.");

    /// <summary>The account that the token speaks for was given up.</summary>
    public static readonly Problem AccountDeleted = new(StatusCodes.Status401Unauthorized, "account_deleted", "This account was deleted.");

    /// <summary>The caller lacks a right.</summary>
    public static Problem Forbidden(string missing) => new(StatusCodes.Status403Forbidden, "forbidden", missing);

    /// <summary>The thing does not exist.</summary>
    public static Problem NotFound(string what) => new(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.");

    /// <summary>No outcome: repeat with the same <c>Idempotency-Key</c>.</summary>
    public static readonly Problem Unavailable = new(
        StatusCodes.Status503ServiceUnavailable,
        "unavailable",
        "No answer in time. The command may or may not have been applied: repeat it with the same Idempotency-Key.");

    /// <summary>One field of the request is wrong.</summary>
    public static Problem Invalid(string field, string problem) => Invalid(new Dictionary<string, string>(StringComparer.Ordinal) { [field] = problem });

    /// <summary>Some fields of the request are wrong.</summary>
    public static Problem Invalid(IReadOnlyDictionary<string, string> details) =>
        new(StatusCodes.Status400BadRequest, "validation_error", "The request breaks a rule; see details.", details);

    /// <summary>The body is not JSON.</summary>
    public static Problem Malformed(string message) => new(StatusCodes.Status400BadRequest, "malformed_json", message);

    /// <summary>A refusal by the rules.</summary>
    public static Problem Of(Rejection rejection) => new(
        rejection.Kind switch
        {
            RejectionKind.Invalid => StatusCodes.Status400BadRequest,
            RejectionKind.Forbidden => StatusCodes.Status403Forbidden,
            RejectionKind.NotFound => StatusCodes.Status404NotFound,
            RejectionKind.Conflict => StatusCodes.Status409Conflict,
            RejectionKind.Stale => StatusCodes.Status412PreconditionFailed,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        rejection.Code,
        rejection.Message,
        rejection.Details);

    /// <summary>What a bare status of the framework means here.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, "validation_error", "The request is not valid HTTP for this route."),
        StatusCodes.Status401Unauthorized => Unauthorized(),
        StatusCodes.Status403Forbidden => Forbidden("This needs a right that you do not have."),
        StatusCodes.Status404NotFound => new(status, "not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new(status, "method_not_allowed", "This address does not take this method; see the Allow header."),
        StatusCodes.Status408RequestTimeout => new(status, "request_timeout", "The request came in too slowly."),
        StatusCodes.Status413PayloadTooLarge => new(status, "too_large", $"The body is larger than {JsonBody.MaxBytes} bytes."),
        StatusCodes.Status415UnsupportedMediaType => new(status, "unsupported_media_type", "Send the body as application/json in UTF-8."),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => new(status, "too_large", "The headers are too large."),
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        < 500 => new(status, "bad_request", ReasonPhrases.GetReasonPhrase(status)),
        _ => new(status, "internal_error", "Something went wrong on our side. Quote the request id when you report it."),
    };

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "1";
        }
        else if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = Code == "token_expired"
                ? "Bearer error=\"invalid_token\", error_description=\"The token has expired\""
                : httpContext.Request.Headers.Authorization.Count > 0 ? "Bearer error=\"invalid_token\"" : "Bearer";
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(Body(httpContext), WebJson.Default.ProblemBody);
        return Answer.WriteAsync(httpContext, body, MediaType);
    }

    private ProblemBody Body(HttpContext http) => new(
        string.Create(CultureInfo.InvariantCulture, $"urn:wildnout:error:{Code}"),
        ReasonPhrases.GetReasonPhrase(Status),
        Status,
        Message,
        http.Request.Path.ToUriComponent(),
        http.TraceIdentifier,
        new ErrorBody(Code, Message, Details));
}
