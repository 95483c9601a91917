using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace WildNOut.Chain.Signatures;

/// <summary>A Sign-In-With-Solana message: lines in one order with LF between them; fields that are null are not there.</summary>
public sealed record SignInMessage
{
    internal const string Opening = " wants you to sign in with your Solana account:";
    internal const string ResourcesLabel = "Resources:";

    /// <summary>Who asks: host, and port where it is not the default one.</summary>
    public required string Domain { get; init; }

    /// <summary>The address that is to sign, base58.</summary>
    public required string Address { get; init; }

    /// <summary>What signing means, one line.</summary>
    public string? Statement { get; init; }

    /// <summary>Where the message is for.</summary>
    public string? Uri { get; init; }

    /// <summary>Always 1.</summary>
    public string? Version { get; init; }

    /// <summary>Such as <c>mainnet</c> or <c>solana:devnet</c>.</summary>
    public string? ChainId { get; init; }

    /// <summary>At least 8 letters and digits.</summary>
    public string? Nonce { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The instant from which it no longer holds.</summary>
    public DateTimeOffset? ExpirationTime { get; init; }

    /// <summary>The instant from which it holds.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What the site needs to know again; here the user.</summary>
    public string? RequestId { get; init; }

    /// <summary>Further addresses; null for none, which is not the same as an empty list.</summary>
    public IReadOnlyList<string>? Resources { get; init; }

    /// <summary>The text that is signed, as UTF-8. Instants have milliseconds and a Z.</summary>
    public string Format()
    {
        var text = new StringBuilder().Append(Domain).Append(Opening).Append('\n').Append(Address);
        if (Statement is not null)
        {
            text.Append("\n\n").Append(Statement);
        }

        var before = "\n\n";
        foreach (var (label, value) in Fields())
        {
            if (value is not null)
            {
                text.Append(before).Append(label).Append(value);
                before = "\n";
            }
        }

        if (Resources is not null)
        {
            text.Append(before).Append(ResourcesLabel);
            foreach (var resource in Resources)
            {
                text.Append("\n- ").Append(resource);
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a message.</summary>
    /// <returns>False when anything departs from the form.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out SignInMessage? message) => SignInParser.TryParse(text, out message);

    private IEnumerable<(string Label, string? Value)> Fields() =>
    [
        ("URI: ", Uri),
        ("Version: ", Version),
        ("Chain ID: ", ChainId),
        ("Nonce: ", Nonce),
        ("Issued At: ", Text(IssuedAt)),
        ("Expiration Time: ", Text(ExpirationTime)),
        ("Not Before: ", Text(NotBefore)),
        ("Request ID: ", RequestId),
    ];

    private static string? Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
