using Microsoft.IdentityModel.JsonWebTokens;
using WildNOut.Web.Errors;
using WildNOut.Web.Http;

namespace WildNOut.Web.Identity;

/// <summary>
/// Finds out whose a token is. One that a provider reads in place costs about as little as a look-up, so it is not remembered; others are
/// remembered until they expire, so that a request costs no signature check. Bounded: two generations of at most <see cref="GenerationSize"/>
/// tokens each; what is used moves into the younger one. A token of a session that has ended does not hold, remembered or not.
/// </summary>
public sealed class TokenCache
{
    /// <summary>The most tokens of one generation.</summary>
    public const int GenerationSize = 50_000;

    private const int MaxTokenLength = 8_192;

    private static readonly Problem DoesNotHold = Problem.Unauthorized("The token does not hold.");
    private static readonly Problem Ended = Problem.Unauthorized("The session has ended; sign in again.");

    private static readonly Problem Unjudged = new(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "The token cannot be judged at present, because its issuer or the list of sessions does not answer. Try again.");

    private readonly ITokenProvider[] _order;
    private readonly Dictionary<string, ITokenProvider> _providers;
    private readonly EndedSessions _ended;
    private readonly TimeProvider _clock;
    private readonly JsonWebTokenHandler _peek = new();
    private readonly RecentMap<string, CallerPrincipal> _seen = new(GenerationSize);

    /// <summary>A cache in front of the providers.</summary>
    public TokenCache(IEnumerable<ITokenProvider> providers, EndedSessions ended, TimeProvider clock)
    {
        _order = [.. providers];
        _providers = _order.ToDictionary(provider => provider.Issuer, StringComparer.Ordinal);
        _ended = ended;
        _clock = clock;
    }

    /// <summary>The principal of a token that was seen before or plainly holds, without waiting; null when it must be validated.</summary>
    public CallerPrincipal? Find(ReadOnlySpan<char> token)
    {
        foreach (var provider in _order)
        {
            if (provider.Holds(token, out var verdict))
            {
                return MayHaveEnded(verdict.SessionId) ? null : CallerPrincipal.Of(verdict);
            }
        }

        return _seen.TryGet(token, out var principal) && principal.Expires > _clock.GetUtcNow() && !_ended.Has(principal.SessionId) ? principal : null;
    }

    /// <summary>Validates a token with the provider that its issuer names.</summary>
    /// <returns>Whose it is, or what is wrong with it.</returns>
    public async ValueTask<(CallerPrincipal? Principal, Problem? Problem)> ValidateAsync(string token, CancellationToken cancellation)
    {
        if (token.Length > MaxTokenLength || ProviderOf(token) is not { } provider)
        {
            return (null, DoesNotHold);
        }

        var verdict = await provider.ValidateAsync(token, cancellation);
        if (verdict.Caller is null)
        {
            return (null, verdict.Unknown ? Unjudged : verdict.Expired ? Problem.TokenExpired : DoesNotHold);
        }

        if (verdict.SessionId is not null && !await _ended.KnownAsync(cancellation))
        {
            return (null, Unjudged);
        }

        if (_ended.Has(verdict.SessionId))
        {
            return (null, Ended);
        }

        var principal = CallerPrincipal.Of(verdict);
        _seen.Add(token, principal);
        return (principal, null);
    }

    private bool MayHaveEnded(string? sessionId) => sessionId is not null && (!_ended.IsKnown || _ended.Has(sessionId));

    private ITokenProvider? ProviderOf(string token)
    {
        try
        {
            return _peek.CanReadToken(token) ? _providers.GetValueOrDefault(_peek.ReadJsonWebToken(token).Issuer) : null;
        }
        catch (ArgumentException)
        {
            // Three parts with dots between them, but not the parts of a token.
            return null;
        }
    }
}
