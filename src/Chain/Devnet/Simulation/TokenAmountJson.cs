using System.Globalization;
using System.Text.Json;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Writes quantities of tokens as a node shows them.</summary>
internal static class TokenAmountJson
{
    public static void Write(Utf8JsonWriter json, ulong amount, int decimals)
    {
        json.WriteStartObject();
        json.WriteString("amount", amount.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("decimals", decimals);
        if (amount == 0)
        {
            json.WriteNull("uiAmount");
        }
        else
        {
            json.WriteNumber("uiAmount", amount / Math.Pow(10, decimals));
        }

        json.WriteString("uiAmountString", Display(amount, decimals));
        json.WriteEndObject();
    }

    private static string Display(ulong amount, int decimals)
    {
        var digits = amount.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }
}
