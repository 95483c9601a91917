using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>A ballot box in a snapshot.</summary>
public sealed record BallotBoxSnapshot(IReadOnlyList<SheetSnapshot> Sheets) : ISnapshot;

/// <summary>A sheet in a snapshot.</summary>
public sealed record SheetSnapshot(BallotPaper Paper, bool Closed, IReadOnlyList<Guid> Struck, long Newcomers, IReadOnlyList<SheetVote> Votes);

/// <summary>A vote on a sheet.</summary>
/// <param name="Voter">Who cast it.</param>
/// <param name="Entry">The entry by its place on the paper.</param>
/// <param name="Value">What it says, within the battle's scale.</param>
/// <param name="Weight">What it weighs, at least 1.</param>
/// <param name="At">When, in unix milliseconds.</param>
/// <param name="Command">The command that cast it; <see cref="BallotDigest.None"/> when that had no id.</param>
[JsonConverter(typeof(SheetVoteConverter))]
public readonly record struct SheetVote(BallotDigest Voter, int Entry, int Value, long Weight, long At, BallotDigest Command);

/// <summary>A vote as an array without names, digests in base64url: a snapshot holds many thousands of them.</summary>
public sealed class SheetVoteConverter : JsonConverter<SheetVote>
{
    private const int TextLength = 22;

    /// <inheritdoc />
    public override SheetVote Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var vote = new SheetVote(
            Digest(ref Next(ref reader)),
            Next(ref reader).GetInt32(),
            Next(ref reader).GetInt32(),
            Next(ref reader).GetInt64(),
            Next(ref reader).GetInt64(),
            Digest(ref Next(ref reader)));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? vote : throw new JsonException("A vote has six members.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, SheetVote value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        Write(writer, value.Voter);
        writer.WriteNumberValue(value.Entry);
        writer.WriteNumberValue(value.Value);
        writer.WriteNumberValue(value.Weight);
        writer.WriteNumberValue(value.At);
        Write(writer, value.Command);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, in BallotDigest digest)
    {
        Span<byte> bytes = stackalloc byte[BallotDigest.Length];
        Span<byte> text = stackalloc byte[TextLength];
        digest.Write(bytes);
        Base64Url.EncodeToUtf8(bytes, text);
        writer.WriteStringValue(text);
    }

    private static BallotDigest Digest(ref Utf8JsonReader reader)
    {
        Span<byte> bytes = stackalloc byte[BallotDigest.Length];
        return reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length == TextLength && Base64Url.DecodeFromUtf8(reader.ValueSpan, bytes) == BallotDigest.Length
            ? BallotDigest.Read(bytes)
            : throw new JsonException("A digest has 22 characters of base64url.");
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }
}
