using System.Text.Json;
using WildNOut.Actors.Engine;

namespace WildNOut.Chain.Rpc;

/// <summary>Parameters that several methods and subscriptions share.</summary>
internal static class ParameterWriting
{
    /// <summary>The configuration that most methods take last.</summary>
    public static void Configuration(this Utf8JsonWriter json, Commitment commitment, ulong? minContextSlot = null) =>
        json.Configuration(commitment, minContextSlot, static (_, _) => { }, state: 0);

    /// <summary>The same with more members.</summary>
    public static void Configuration<TState>(
        this Utf8JsonWriter json, Commitment commitment, ulong? minContextSlot, Action<Utf8JsonWriter, TState> rest, TState state)
    {
        json.WriteStartObject();
        json.WriteString("commitment", WireEnum<Commitment>.Name(commitment));
        if (minContextSlot is { } least)
        {
            json.WriteNumber("minContextSlot", least);
        }

        rest(json, state);
        json.WriteEndObject();
    }

    /// <summary>
    /// A program and a filter for its accounts of a mint: the mint is at offset 0 in both programs. Sizes are not asked for, because accounts of the
    /// newer program are longer. A call may ask for the slot of the answer (<c>withContext</c>); notices of a subscription bear it anyway.
    /// </summary>
    public static void TokenAccountsOf(
        this Utf8JsonWriter json, string program, string mint, Commitment commitment, ulong? minContextSlot = null, bool withContext = false)
    {
        json.WriteStringValue(program);
        json.Configuration(commitment, minContextSlot, static (json, asked) =>
        {
            json.WriteString("encoding", "jsonParsed");
            if (asked.withContext)
            {
                json.WriteBoolean("withContext", true);
            }

            json.WriteStartArray("filters");
            json.WriteStartObject();
            json.WriteStartObject("memcmp");
            json.WriteNumber("offset", 0);
            json.WriteString("bytes", asked.mint);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }, (mint, withContext));
    }
}
