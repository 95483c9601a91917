using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace WildNOut.Chain.Signatures;

/// <summary>Reads sign-in messages line by line; whatever the form does not foresee makes the message malformed.</summary>
internal static partial class SignInParser
{
    /// <summary>The longest message, in characters.</summary>
    public const int MaxLength = 4_096;

    private static readonly string[] Chains =
        ["mainnet", "testnet", "devnet", "localnet", "solana:mainnet", "solana:testnet", "solana:devnet"];

    private static readonly Field[] Fields =
    [
        new("URI: ", (message, value) => IsUri(value) ? message with { Uri = value } : null),
        new("Version: ", (message, value) => value == "1" ? message with { Version = value } : null),
        new("Chain ID: ", (message, value) => Chains.Contains(value, StringComparer.Ordinal) ? message with { ChainId = value } : null),
        new("Nonce: ", (message, value) => NonceForm().IsMatch(value) ? message with { Nonce = value } : null),
        new("Issued At: ", (message, value) => TryInstant(value, out var at) ? message with { IssuedAt = at } : null),
        new("Expiration Time: ", (message, value) => TryInstant(value, out var at) ? message with { ExpirationTime = at } : null),
        new("Not Before: ", (message, value) => TryInstant(value, out var at) ? message with { NotBefore = at } : null),
        new("Request ID: ", (message, value) => RequestIdForm().IsMatch(value) ? message with { RequestId = value } : null),
    ];

    public static bool TryParse(string text, [NotNullWhen(true)] out SignInMessage? message)
    {
        message = text.Length <= MaxLength && !text.Any(character => char.IsControl(character) && character != '\n') ? Parse(text.Split('\n')) : null;
        return message is not null;
    }

    private static SignInMessage? Parse(string[] lines)
    {
        if (lines.Length < 2 || !lines[0].EndsWith(SignInMessage.Opening, StringComparison.Ordinal))
        {
            return null;
        }

        var domain = lines[0][..^SignInMessage.Opening.Length];
        if (!DomainForm().IsMatch(domain) || !AddressForm().IsMatch(lines[1]))
        {
            return null;
        }

        var message = new SignInMessage { Domain = domain, Address = lines[1] };
        var next = 2;
        if (next < lines.Length && !IsFieldBlock(lines, next))
        {
            if (lines[next].Length > 0 || next + 1 >= lines.Length || lines[next + 1].Length == 0)
            {
                return null;
            }

            message = message with { Statement = lines[next + 1] };
            next += 2;
        }

        return next == lines.Length ? message : IsFieldBlock(lines, next) ? ParseFields(lines, next + 1, message) : null;
    }

    /// <summary>An empty line and a field after it.</summary>
    private static bool IsFieldBlock(string[] lines, int at) =>
        lines[at].Length == 0
        && at + 1 < lines.Length
        && (lines[at + 1] == SignInMessage.ResourcesLabel || Fields.Any(field => lines[at + 1].StartsWith(field.Label, StringComparison.Ordinal)));

    private static SignInMessage? ParseFields(string[] lines, int next, SignInMessage message)
    {
        foreach (var field in Fields)
        {
            if (next < lines.Length && lines[next].StartsWith(field.Label, StringComparison.Ordinal))
            {
                if (field.Take(message, lines[next][field.Label.Length..]) is not { } taken)
                {
                    return null;
                }

                (message, next) = (taken, next + 1);
            }
        }

        return next == lines.Length ? message
            : lines[next] == SignInMessage.ResourcesLabel ? WithResources(lines[(next + 1)..], message) : null;
    }

    private static SignInMessage? WithResources(string[] lines, SignInMessage message) =>
        lines.All(line => line.StartsWith("- ", StringComparison.Ordinal) && IsUri(line[2..]))
            ? message with { Resources = [.. lines.Select(line => line[2..])] }
            : null;

    private static bool IsUri(string text) => !text.Contains(' ', StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out _);

    private static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        return InstantForm().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
    }

    [GeneratedRegex(@"^[A-Za-z0-9.\-\[\]:_]{1,255}\z")]
    private static partial Regex DomainForm();

    [GeneratedRegex(@"^[1-9A-HJ-NP-Za-km-z]{32,44}\z")]
    private static partial Regex AddressForm();

    [GeneratedRegex(@"^[A-Za-z0-9]{8,128}\z")]
    private static partial Regex NonceForm();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex InstantForm();

    /// <summary>RFC 3986's pchar, any number.</summary>
    [GeneratedRegex(@"^([A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*\z")]
    private static partial Regex RequestIdForm();

    private sealed record Field(string Label, Func<SignInMessage, string, SignInMessage?> Take);
}
