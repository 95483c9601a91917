using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace WildNOut.Web.Identity.Clerk;

/// <summary>
/// The public keys of an issuer. They are fetched when first needed, and again when a token names a key that is not among them, but not more often than once in
/// <see cref="CoolDown"/> and never twice at a time; keys in use are renewed in the background. A fetch that fails leaves the keys as they are. Nobody ever holds a thread for it.
/// </summary>
/// <param name="address">Where the keys are.</param>
/// <param name="http">Fetches them.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Where failed fetches are noted.</param>
public sealed class SigningKeys(Uri address, HttpClient http, TimeProvider clock, ILogger<SigningKeys> logger)
{
    /// <summary>The least time between the starts of two fetches.</summary>
    public static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(10);

    /// <summary>How old keys may be before they are renewed: so long, and a fetch, a key that was withdrawn is still taken.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    /// <summary>How long a fetch may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The largest set of keys that is read, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int LeastBits = 2_048;

    private readonly Lock _gate = new();
    private volatile Fetched _fetched = new(FrozenDictionary<string, RsaSecurityKey>.Empty, 0, false);
    private Task _fetch = Task.CompletedTask;
    private long? _started;

    /// <summary>Finds a key by its id, with a fetch where that may help.</summary>
    public ValueTask<SigningKey> FindAsync(string keyId, CancellationToken cancellation)
    {
        var fetched = _fetched;
        if (fetched.Keys.TryGetValue(keyId, out var key))
        {
            if (clock.GetElapsedTime(fetched.At) > FreshFor)
            {
                _ = Fetch();
            }

            return new(new SigningKey(key, true));
        }

        return Fetch() is { } fetch ? AfterAsync(fetch, keyId, cancellation) : new(Look(keyId));
    }

    private async ValueTask<SigningKey> AfterAsync(Task fetch, string keyId, CancellationToken cancellation)
    {
        await fetch.WaitAsync(cancellation);
        return Look(keyId);
    }

    private SigningKey Look(string keyId)
    {
        var fetched = _fetched;
        return new SigningKey(fetched.Keys.GetValueOrDefault(keyId), fetched.Sure);
    }

    /// <summary>The fetch that is under way, or a new one; null while it is too early for one.</summary>
    private Task? Fetch()
    {
        lock (_gate)
        {
            if (!_fetch.IsCompleted)
            {
                return _fetch;
            }

            if (_started is { } started && clock.GetElapsedTime(started) < CoolDown)
            {
                return null;
            }

            _started = clock.GetTimestamp();
            return _fetch = FetchAsync();
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            var keys = Read(await http.GetStringAsync(address, patience.Token));
            _fetched = keys.Count > 0
                ? new Fetched(keys, clock.GetTimestamp(), true)
                : throw new CryptographicException("There is no RSA key for signatures among them.");
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or ArgumentException or FormatException or CryptographicException)
        {
            var kept = _fetched;
            _fetched = kept with { Sure = false };
            logger.LogWarning("The signing keys at {Address} could not be fetched; {Count} are kept: {Fault}", address.GetLeftPart(UriPartial.Path), kept.Keys.Count, fault.Message);
        }
    }

    private static FrozenDictionary<string, RsaSecurityKey> Read(string json)
    {
        Dictionary<string, RsaSecurityKey> keys = new(StringComparer.Ordinal);
        foreach (var key in new JsonWebKeySet(json).Keys)
        {
            if (key is { Kty: JsonWebAlgorithmsKeyTypes.RSA, Kid: { Length: > 0 } id, N: { } modulus, E: { } exponent }
                && key.Use is null or "" or JsonWebKeyUseNames.Sig
                && key.Alg is null or "" or SecurityAlgorithms.RsaSha256)
            {
                var parameters = new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(modulus), Exponent = Base64UrlEncoder.DecodeBytes(exponent) };
                if (parameters.Modulus.Length * 8 >= LeastBits)
                {
                    keys.TryAdd(id, new RsaSecurityKey(parameters) { KeyId = id });
                }
            }
        }

        return keys.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <param name="Keys">By id.</param>
    /// <param name="At">When they came.</param>
    /// <param name="Sure">Whether the newest fetch brought them.</param>
    private sealed record Fetched(FrozenDictionary<string, RsaSecurityKey> Keys, long At, bool Sure);
}

/// <summary>What is known of a key id.</summary>
/// <param name="Key">The key; null when there is none.</param>
/// <param name="Sure">Whether the issuer was heard: else the key may exist all the same.</param>
public readonly record struct SigningKey(RsaSecurityKey? Key, bool Sure);
