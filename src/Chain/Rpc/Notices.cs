using System.Text.Json;

namespace WildNOut.Chain.Rpc;

/// <summary>Reads what nodes push.</summary>
internal static class Notices
{
    /// <summary>A slot.</summary>
    public static (bool Concerns, SlotNotice? Notice) Slot(JsonElement result) => (true, new SlotNotice(
        Demand(result.At("slot").AsUInt64()), Demand(result.At("parent").AsUInt64()), Demand(result.At("root").AsUInt64())));

    /// <summary>A transaction that names an address.</summary>
    public static (bool Concerns, SignatureInfo? Notice) Mention(JsonElement result)
    {
        var signature = result.At("value", "signature").AsText() ?? throw new JsonException("A notice without a signature.");
        var failed = result.At("value", "err").ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
        return (true, new SignatureInfo(signature, Demand(result.At("context", "slot").AsUInt64()), failed));
    }

    /// <summary>A token account; others of the program do not concern us.</summary>
    public static (bool Concerns, InContext<TokenAccount>? Notice) TokenAccount(JsonElement result, string mint)
    {
        var slot = Demand(result.At("context", "slot").AsUInt64());
        return TokenAccountReader.Read(result.At("value"), mint) is { } account ? (true, new InContext<TokenAccount>(slot, account)) : (false, null);
    }

    private static ulong Demand(ulong? number) => number ?? throw new JsonException("A notice without its slot.");
}
