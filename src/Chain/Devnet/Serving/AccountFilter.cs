using System.Text.Json;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>Which token accounts <c>getProgramAccounts</c> and <c>programSubscribe</c> speak of.</summary>
internal sealed class AccountFilter
{
    private const ulong MintOffset = 0;
    private const ulong OwnerOffset = 32;

    private readonly bool _none;
    private readonly string? _owner;

    private AccountFilter(bool none, string? owner) => (_none, _owner) = (none, owner);

    public bool Admits(SimulatedAccount account) => !_none && (_owner is null || account.Owner == _owner);

    /// <exception cref="RpcParameterException">A filter that the devnet does not know.</exception>
    public static AccountFilter Read(SimulatedChain chain, int space, string program, RpcConfig config)
    {
        if (config.Text("encoding") != "jsonParsed")
        {
            throw new RpcParameterException("Invalid params: the devnet knows the encoding `jsonParsed` only");
        }

        var none = program != chain.Book.TokenProgram;
        string? owner = null;
        foreach (var filter in config.Member("filters") is { ValueKind: JsonValueKind.Array } filters ? filters.EnumerateArray() : default)
        {
            var (offset, bytes, size) = Parts(filter);
            none |= size is { } wanted && wanted != (ulong)space;
            none |= offset == MintOffset && bytes != chain.Options.Mint;
            owner = offset == OwnerOffset ? bytes : owner;
        }

        return new AccountFilter(none, owner);
    }

    private static (ulong? Offset, string? Bytes, ulong? Size) Parts(JsonElement filter)
    {
        var config = filter.ValueKind == JsonValueKind.Object ? new RpcConfig(filter) : throw Unknown();
        if (config.Number("dataSize") is { } size)
        {
            return (null, null, size);
        }

        var compared = config.Member("memcmp") is { ValueKind: JsonValueKind.Object } memcmp ? new RpcConfig(memcmp) : throw Unknown();
        var offset = compared.Number("offset");
        return offset is MintOffset or OwnerOffset && compared.Text("bytes") is { } bytes ? (offset, bytes, null) : throw Unknown();
    }

    private static RpcParameterException Unknown() => new("Invalid params: the devnet knows the filters `dataSize`, and `memcmp` at 0 (mint) and 32 (owner)");
}
