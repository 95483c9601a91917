using System.Text.Json;
using System.Text.Json.Nodes;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Transfers.Decoding;

namespace WildNOut.Chain.Tests.Transfers.Decoding;

/// <summary>A transaction in a file, and what it means in the file beside it.</summary>
internal static class Fixture
{
    public const string Mint = "E1tfKY7CFeqF5KWJ2ibXyMh5f3RhsfsfqHfBb6LYfaeH";

    private const string Ending = ".expected.json";

    public static TransferDecoder Decoder { get; } = new(Mint, ["9D9zZrPxuoZGcCmhRmmriX1LsL6jvDyHsZCTJKCtC6De", "6EEUCLssFhNofDNN84TZTdhUVdwQSVRpjrg2ZcLdYAwS"]);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Transfers", "Decoding", "Fixtures");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*" + Ending).Select(file => Path.GetFileName(file)[..^Ending.Length]).Order(StringComparer.Ordinal)];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));

    /// <summary>Without the spaces, as nodes send it.</summary>
    public static byte[] ReadCompact(string name) => Compact(JsonNode.Parse(Read(name))!);

    public static byte[] Compact(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);

    public static BlockTransaction Transaction(ReadOnlyMemory<byte> json) => new(348_000_123, null, json);

    public static DecodedTransaction Decode(ReadOnlyMemory<byte> json) => Decoder.Decode(Transaction(json));

    /// <summary>What the file beside it says, as <see cref="Tell"/> would.</summary>
    public static string Expected(string name)
    {
        var expected = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Folder, name + Ending)))!;
        return Lines(
            (string?)expected["parked"],
            expected["movements"]!.AsArray().Select((line, i) => $"{i} {line!["kind"]} {line["sender"]} > {line["recipient"]} {line["amount"]} fee {line["fee"]}"));
    }

    public static string Tell(DecodedTransaction decoded) => Lines(
        decoded.Parked?.Reason,
        decoded.Movements.Select(line => $"{line.Index} {line.Kind.ToString().ToLowerInvariant()} {line.Sender} > {line.Recipient} {line.Amount} fee {line.Fee}"));

    private static string Lines(string? parked, IEnumerable<string> movements) => string.Join('\n', movements.Prepend($"parked: {parked}"));
}
