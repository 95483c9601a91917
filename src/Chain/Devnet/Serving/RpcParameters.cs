using System.Text.Json;
using SimpleBase;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The parameters of a call. Every member throws <see cref="RpcParameterException"/> when they cannot be understood.</summary>
internal readonly struct RpcParameters
{
    private readonly JsonElement[] _values;

    public RpcParameters(JsonElement call) => _values = !call.TryGetProperty("params", out var values) ? []
        : values.ValueKind == JsonValueKind.Array ? [.. values.EnumerateArray()]
        : throw new RpcParameterException("Invalid params: expected a sequence");

    public string Text(int index) => At(index) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Missing(index);

    public ulong Number(int index) => At(index) is { ValueKind: JsonValueKind.Number } number && number.TryGetUInt64(out var value) ? value : throw Missing(index);

    public ulong? OptionalNumber(int index) => At(index) is { ValueKind: JsonValueKind.Number } ? Number(index) : null;

    /// <summary>A key of 32 bytes in base58.</summary>
    public string Address(int index) => IsKey(Text(index), 32) ? Text(index) : throw new RpcParameterException("Invalid param: Invalid");

    /// <summary>A signature of 64 bytes in base58.</summary>
    public string Signature(int index) => IsKey(Text(index), 64) ? Text(index) : throw new RpcParameterException("Invalid param: Invalid");

    /// <summary>The object of options; without members where none is given.</summary>
    public RpcConfig Config(int index) => At(index) switch
    {
        { ValueKind: JsonValueKind.Object } config => new RpcConfig(config),
        null or { ValueKind: JsonValueKind.Null } => default,
        _ => throw Missing(index),
    };

    public JsonElement Object(int index) => At(index) is { ValueKind: JsonValueKind.Object } value ? value : throw Missing(index);

    public JsonElement? At(int index) => index < _values.Length ? _values[index] : null;

    private static bool IsKey(string text, int length)
    {
        Span<byte> bytes = stackalloc byte[96];
        return text.Length is > 0 and <= 90 && Base58.Bitcoin.TryDecode(text, bytes, out var written) && written == length;
    }

    private static RpcParameterException Missing(int index) => new($"Invalid params: unexpected or missing parameter {index}");
}

/// <summary>The options of a call.</summary>
internal readonly struct RpcConfig(JsonElement config)
{
    public Commitment Commitment => Text("commitment") switch
    {
        null or "finalized" => Commitment.Finalized,
        "confirmed" => Commitment.Confirmed,
        "processed" => Commitment.Processed,
        var other => throw new RpcParameterException($"Invalid params: unknown variant `{other}`, expected one of `processed`, `confirmed`, `finalized`"),
    };

    /// <summary>The commitment of a call that does not know <c>processed</c>.</summary>
    public Commitment Voted => Commitment == Commitment.Processed
        ? throw new RpcParameterException("Method does not support commitment below `confirmed`")
        : Commitment;

    public string? Text(string name) => Member(name) is { ValueKind: not JsonValueKind.Null } value
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw Invalid(name)
        : null;

    public ulong? Number(string name) => Member(name) is { ValueKind: not JsonValueKind.Null } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number) ? number : throw Invalid(name)
        : null;

    public JsonElement? Member(string name) => config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out var value) ? value : null;

    private static RpcParameterException Invalid(string name) => new($"Invalid params: invalid type for `{name}`");
}
