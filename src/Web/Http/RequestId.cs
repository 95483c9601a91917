using System.Buffers;

namespace WildNOut.Web.Http;

/// <summary>The id that follows a request through answers and logs.</summary>
public static class RequestId
{
    /// <summary>The longest id taken from a client.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Safe =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+=");

    /// <summary>The client's <c>X-Request-ID</c> when it is harmless, else a new one.</summary>
    public static string Of(HttpRequest request)
    {
        var given = request.Headers["X-Request-ID"];
        return given.Count == 1 && given[0] is { Length: > 0 and <= MaxLength } text && !text.AsSpan().ContainsAnyExcept(Safe)
            ? text
            : New();
    }

    private static string New()
    {
        Span<byte> random = stackalloc byte[12];
        Random.Shared.NextBytes(random);
        return Convert.ToHexStringLower(random);
    }
}
