using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace WildNOut.Chain.Prices;

/// <summary>
/// Pyth's Hermes: prices by feed numbers, asked or streamed (server-sent events), with the time at which each was published. Knows SOL/USD, and the token
/// where it has a number.
/// </summary>
/// <param name="http">Asks.</param>
/// <param name="address">Where it is, with a slash at the end; null for the public one.</param>
/// <param name="key">The API key.</param>
/// <param name="feedIds">The numbers of mints beside <see cref="SolMint"/>, 64 lower-case hex digits each.</param>
public sealed class HermesFeed(FeedHttp http, Uri? address = null, string? key = null, IReadOnlyDictionary<string, string>? feedIds = null) : IStreamedPriceFeed
{
    /// <summary>The mint of wrapped SOL.</summary>
    public const string SolMint = "So11111111111111111111111111111111111111112";

    private const string SolId = "ef0d8b6fda2ceba41da15d4095d1da392a0d2f8ed0c6c7bc0f4cfac8c280b56d";
    private static readonly Uri Public = new("https://hermes.pyth.network/");

    private readonly Uri _address = address ?? Public;
    private readonly FeedKey _key = new("Authorization", key is null ? null : $"Bearer {key}");

    /// <inheritdoc />
    public string Name => "hermes";

    /// <summary>30 questions in ten seconds.</summary>
    public TimeSpan Spacing => TimeSpan.FromMilliseconds(350);

    /// <inheritdoc />
    public async Task<PriceReading?> ReadAsync(string mint, CancellationToken cancellation)
    {
        if (IdOf(mint) is not { } id)
        {
            return null;
        }

        var (answer, _) = await http.GetAsync(
            new Uri(_address, $"v2/updates/price/latest?ids[]={id}&parsed=true&encoding=hex"), _key, FeedJson.Default.HermesAnswer, cancellation);
        return Find(answer, id);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<PriceReading> StreamAsync(string mint, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var id = IdOf(mint) ?? throw new FeedException("The feed has no number for this mint.");
        using var response = await http.OpenAsync(
            new Uri(_address, $"v2/updates/price/stream?ids[]={id}&parsed=true&encoding=hex&allow_unordered=false"), _key, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var update in SseParser.Create(body, (_, data) => Parse(data)).EnumerateAsync(cancellation))
        {
            if (Find(update.Data, id) is { } reading)
            {
                yield return reading;
            }
        }
    }

    private static HermesAnswer Parse(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, FeedJson.Default.HermesAnswer) ?? new HermesAnswer([]);
        }
        catch (JsonException fault)
        {
            throw new FeedException("The answer is not the feed's JSON.", cause: fault);
        }
    }

    private static PriceReading? Find(HermesAnswer answer, string id) =>
        answer.Parsed?.FirstOrDefault(update => string.Equals(update?.Id, id, StringComparison.OrdinalIgnoreCase))?.Price is { Price: { } mantissa } found
        && Scale(mantissa, found.Expo) is { } price
        && found.PublishTime is > 0 and < 100_000_000_000
            ? new PriceReading(price, DateTimeOffset.FromUnixTimeSeconds(found.PublishTime))
            : null;

    /// <summary>mantissa × 10^exponent, exactly; null where a decimal does not hold it.</summary>
    private static decimal? Scale(decimal mantissa, int exponent)
    {
        if (exponent is < -18 or > 9 || decimal.Abs(mantissa) > 1_000_000_000_000_000_000m)
        {
            return null;
        }

        for (; exponent < 0; exponent++)
        {
            mantissa /= 10;
        }

        for (; exponent > 0; exponent--)
        {
            mantissa *= 10;
        }

        return mantissa;
    }

    private string? IdOf(string mint) => feedIds?.GetValueOrDefault(mint) ?? (mint == SolMint ? SolId : null);
}
