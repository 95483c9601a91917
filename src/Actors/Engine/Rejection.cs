namespace WildNOut.Actors.Engine;

/// <summary>What kind of "no" a rejection is; the edge turns it into a status.</summary>
public enum RejectionKind
{
    /// <summary>The input breaks a rule that does not depend on state (400).</summary>
    Invalid,

    /// <summary>The caller lacks a right (403).</summary>
    Forbidden,

    /// <summary>The thing does not exist (404).</summary>
    NotFound,

    /// <summary>The state forbids it (409).</summary>
    Conflict,

    /// <summary>The caller edited an older version (412).</summary>
    Stale,

    /// <summary>The input is well formed but what it refers to does not hold up (422).</summary>
    Unprocessable,
}

/// <summary>A business "no": a value, never an exception.</summary>
/// <param name="Kind">What kind of refusal it is.</param>
/// <param name="Code">The stable code that front ends read, such as <c>already_voted</c>.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Details">What is wrong with each faulty field, by its JSON name; null when no field is at fault.</param>
public sealed record Rejection(RejectionKind Kind, string Code, string Message, IReadOnlyDictionary<string, string>? Details = null) : IReply
{
    /// <summary>A rejection of one or more fields.</summary>
    public static Rejection Invalid(IReadOnlyDictionary<string, string> details) =>
        new(RejectionKind.Invalid, "validation_error", "The request breaks a rule; see details.", details);

    /// <summary>A rejection of one field.</summary>
    public static Rejection Invalid(string field, string problem) =>
        Invalid(new Dictionary<string, string> { [field] = problem });

    /// <summary>A rejection because something does not exist.</summary>
    public static Rejection NotFound(string what) => new(RejectionKind.NotFound, "not_found", $"There is no such {what}.");

    /// <summary>A rejection that names the missing right.</summary>
    public static Rejection Forbidden(string missing) => new(RejectionKind.Forbidden, "forbidden", missing);

    /// <summary>A rejection by the present state.</summary>
    public static Rejection Conflict(string code, string message) => new(RejectionKind.Conflict, code, message);

    /// <summary>The same idempotency key came with another request.</summary>
    public static readonly Rejection IdempotencyMismatch =
        Conflict("idempotency_mismatch", "This Idempotency-Key was used before with another request.");
}
