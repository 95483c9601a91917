using System.Text.Json;

namespace WildNOut.Chain.Rpc;

/// <summary>Reads answers in one pass, in whatever order their members come.</summary>
internal static class RpcAnswer
{
    /// <summary>What an answer to a call says.</summary>
    /// <param name="answer">The body.</param>
    /// <param name="id">The id of the request.</param>
    /// <param name="call">What was asked.</param>
    /// <exception cref="JsonException">It is no answer.</exception>
    public static Attempt<T> Read<T>(ReadOnlyMemory<byte> answer, long id, RpcCall<T> call)
    {
        var reader = new Utf8JsonReader(answer.Span);
        var (ours, nobodys, found) = (false, false, false);
        var (value, error) = (default(T), default(JsonElement));
        reader.Next();
        reader.Expect(JsonTokenType.StartObject);
        for (reader.Next(); reader.TokenType == JsonTokenType.PropertyName; reader.Next())
        {
            if (reader.ValueTextEquals("result"u8))
            {
                reader.Next();
                value = call.ReadResult(ref reader, answer);
                found = true;
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Next();
                error = JsonElement.ParseValue(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Next();
                nobodys = reader.TokenType == JsonTokenType.Null;
                ours = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var named) && named == id;
                reader.Skip();
            }
            else
            {
                reader.Next();
                reader.Skip();
            }
        }

        // Demands that nothing follows.
        reader.Read();
        var failed = error.ValueKind == JsonValueKind.Object;
        if (!ours && !(failed && nobodys))
        {
            throw new JsonException("It answers another call.");
        }

        return failed ? Judge<T>(error) : found ? Judge(value!, call) : throw new JsonException("Neither a result nor an error.");
    }

    private static Attempt<T> Judge<T>(T value, RpcCall<T> call) => value switch
    {
        null when call.NullIsNotNow => new Attempt<T>(Verdict.NotNow, Why: "It has not got that yet."),
        not null when call is { MinSlot: { } least, SlotOf: { } slotOf } && slotOf(value) < least =>
            new Attempt<T>(Verdict.Behind, Why: "It answered for an older slot than was asked."),
        _ => new Attempt<T>(Verdict.Answered, value),
    };

    private static Attempt<T> Judge<T>(JsonElement error)
    {
        if (error.At("code") is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt32(out var code))
        {
            throw new JsonException("An error without a code.");
        }

        var message = error.At("message").AsText() ?? "The node gives no reason.";
        return new Attempt<T>(
            ErrorCodes.Judge(code, message, error.At("data")),
            Error: new RpcException(code, message),
            Why: FormattableString.Invariant($"It answered with the code {code}."));
    }
}
