using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Token;

namespace WildNOut.Web.Realtime;

/// <summary>A line of the token's feed as it goes out, <c>{type, position, data}</c>; rendered once however many clients take it.</summary>
[JsonConverter(typeof(TokenLineConverter))]
public sealed class TokenLine
{
    private byte[]? _packed;
    private byte[]? _event;

    private TokenLine(string type, long position, ReadOnlyMemory<byte> data, TokenTransaction? transaction)
    {
        Type = type;
        Position = position;
        Data = data;
        Transaction = transaction;
    }

    /// <summary><c>transaction</c>, <c>withdrawn</c>, <c>finalized</c>, or <c>position</c>, which only says how far the reader is.</summary>
    public string Type { get; }

    /// <summary>Its position in the feed.</summary>
    public long Position { get; }

    /// <summary>UTF-8 JSON; empty for null.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    private TokenTransaction? Transaction { get; }

    /// <summary>The data in MessagePack.</summary>
    internal ReadOnlySpan<byte> PackedData => _packed ??= JsonToMessagePack.Convert(Data);

    /// <summary>The server-sent event. One that only says how far the reader is reaches nobody's handlers, but the browser notes its id.</summary>
    internal ReadOnlySpan<byte> Event => _event ??= Render();

    /// <summary>A line of the feed.</summary>
    public static TokenLine Of(FeedLine line) => line switch
    {
        { Transaction: { } transaction } => new(
            transaction.Commitment == MovementCommitment.Withdrawn ? "withdrawn" : "transaction",
            line.Position,
            JsonSerializer.SerializeToUtf8Bytes(transaction, FeedJson.Default.TokenTransaction),
            transaction),
        { Finalized: { } finalized } => new("finalized", line.Position, JsonSerializer.SerializeToUtf8Bytes(finalized, FeedJson.Default.TokenFinalized), null),
        _ => throw new ArgumentException("A line is a movement or finality.", nameof(line)),
    };

    /// <summary>Tells how far the reader is.</summary>
    public static TokenLine At(long position) => new("position", position, default, null);

    /// <summary>Whether a reader of one wallet wants it; finality concerns everybody.</summary>
    public bool Concerns(string? wallet) => wallet is null || Transaction is null || Transaction.Sender == wallet || Transaction.Recipient == wallet;

    private byte[] Render()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"id: {Position}\n");
        return Data.IsEmpty
            ? Encoding.UTF8.GetBytes($":\n{id}\n")
            : Encoding.UTF8.GetBytes($"{id}event: {Type}\ndata: {Encoding.UTF8.GetString(Data.Span)}\n\n");
    }
}

/// <summary>Writes the data as it is.</summary>
public sealed class TokenLineConverter : JsonConverter<TokenLine>
{
    private static readonly RawJsonConverter Raw = new();

    /// <inheritdoc />
    public override TokenLine Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The server only writes these lines.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TokenLine value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, value.Type);
        writer.WriteNumber("position"u8, value.Position);
        writer.WritePropertyName("data"u8);
        Raw.Write(writer, value.Data, options);
        writer.WriteEndObject();
    }
}
