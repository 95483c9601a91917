using System.Text.Json;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>Writes token accounts as a node shows them with the encoding <c>jsonParsed</c>.</summary>
internal sealed class AccountJson(SimulatedChain chain)
{
    private const int ClassicSpace = 165;

    /// <summary>A Token-2022 account with the extension <c>transferFeeAmount</c>.</summary>
    private const int ExtendedSpace = 178;

    private string Program => chain.Book.TokenProgram;

    public int Space => chain.Options.Token2022 ? ExtendedSpace : ClassicSpace;

    /// <summary>An element of a list of accounts.</summary>
    public void WriteKeyed(Utf8JsonWriter json, SimulatedAccount account)
    {
        json.WriteStartObject();
        json.WriteString("pubkey", account.Address);
        json.WritePropertyName("account");
        Write(json, account);
        json.WriteEndObject();
    }

    /// <summary>An account.</summary>
    public void Write(Utf8JsonWriter json, SimulatedAccount account)
    {
        json.WriteStartObject();
        json.WriteNumber("lamports", 2_039_280);
        json.WriteString("owner", Program);
        json.WriteBoolean("executable", false);
        json.WriteNumber("rentEpoch", ulong.MaxValue);
        json.WriteNumber("space", Space);
        json.WriteStartObject("data");
        json.WriteString("program", chain.Options.Token2022 ? "spl-token-2022" : "spl-token");
        json.WriteNumber("space", Space);
        json.WriteStartObject("parsed");
        json.WriteString("type", "account");
        WriteInfo(json, account);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An account that is no more.</summary>
    public static void WriteClosed(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("lamports", 0);
        json.WriteString("owner", Programs.System);
        json.WriteBoolean("executable", false);
        json.WriteNumber("rentEpoch", ulong.MaxValue);
        json.WriteNumber("space", 0);
        json.WriteStartArray("data");
        json.WriteStringValue("");
        json.WriteStringValue("base64");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteInfo(Utf8JsonWriter json, SimulatedAccount account)
    {
        json.WriteStartObject("info");
        json.WriteString("mint", chain.Options.Mint);
        json.WriteString("owner", account.Owner);
        json.WriteString("state", "initialized");
        json.WriteBoolean("isNative", false);
        json.WritePropertyName("tokenAmount");
        TokenAmountJson.Write(json, account.Amount, chain.Options.Decimals);
        if (chain.Options.Token2022)
        {
            WriteExtensions(json, account);
        }

        json.WriteEndObject();
    }

    private static void WriteExtensions(Utf8JsonWriter json, SimulatedAccount account)
    {
        json.WriteStartArray("extensions");
        json.WriteStartObject();
        json.WriteString("extension", "transferFeeAmount");
        json.WriteStartObject("state");
        json.WriteNumber("withheldAmount", account.Withheld);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
