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
    /// <summary>A token that does not hold and never did.</summary>
    public static readonly TokenVerdict Refused;

    /// <summary>A token that held once.</summary>
    public static readonly TokenVerdict TooLate = new(null, default, true);
}
