using WildNOut.Actors.Engine;

namespace WildNOut.Web.Identity;

/// <summary>A party whose tokens are accepted.</summary>
public interface ITokenProvider
{
    /// <summary>The <c>iss</c> claim of its tokens.</summary>
    string Issuer { get; }

    /// <summary>Says yes at once to a token that plainly holds; a no says nothing.</summary>
    bool Holds(ReadOnlySpan<char> token, out TokenVerdict verdict)
    {
        verdict = TokenVerdict.Refused;
        return false;
    }

    /// <summary>Judges a token of this issuer: signature, algorithm, audience, times.</summary>
    ValueTask<TokenVerdict> ValidateAsync(string token, CancellationToken cancellation);
}

/// <summary>What became of a token.</summary>
/// <param name="Caller">Who it stands for; null when it does not hold.</param>
/// <param name="Expires">The instant from which it no longer holds.</param>
/// <param name="Expired">Whether it held once.</param>
public readonly record struct TokenVerdict(Caller? Caller, DateTimeOffset Expires, bool Expired)
{
    /// <summary>The session that the token belongs to; null when it names none.</summary>
    public string? SessionId { get; init; }

    /// <summary>Who acts in the caller's name; null when it is the caller.</summary>
    public string? Impersonator { get; init; }

    /// <summary>Whether the token could not be judged: it may hold.</summary>
    public bool Unknown { get; init; }

    /// <summary>A token that does not hold and never did.</summary>
    public static readonly TokenVerdict Refused;

    /// <summary>A token that held once.</summary>
    public static readonly TokenVerdict TooLate = new(null, default, true);

    /// <summary>A token that cannot be judged at present.</summary>
    public static readonly TokenVerdict Unjudged = new(null, default, false) { Unknown = true };
}
