using System.Text.Json.Serialization;

namespace WildNOut.Web.Errors;

/// <summary>The body of every failure: RFC 9457 problem details with the member <c>error</c> that front ends read.</summary>
/// <param name="Type">Names the kind of problem, such as <c>urn:wildnout:error:already_voted</c>.</param>
/// <param name="Title">The standard phrase of the status.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">One sentence about this case.</param>
/// <param name="Instance">The path that was asked.</param>
/// <param name="RequestId">The same as the header <c>X-Request-ID</c>.</param>
/// <param name="Error">What front ends read.</param>
public sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Instance, string RequestId, ErrorBody Error);

/// <summary>What front ends read of a failure.</summary>
/// <param name="Code">The stable code, such as <c>already_voted</c>.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Details">What is wrong with each faulty field, by its path in the request.</param>
public sealed record ErrorBody(
    string Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Details);
