using System.Text.Json;

namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>The object <c>parsed</c> of an instruction of a token program.</summary>
internal ref struct ParsedInstruction
{
    private ReadOnlySpan<byte> _mint, _from, _to, _account, _owner, _authorityType, _amount, _fee;

    /// <summary>Reads it, or all that a <c>batch</c> holds, and adds what may concern the token.</summary>
    /// <param name="reader">On the value, which may be of any kind.</param>
    /// <param name="mint">The token's mint.</param>
    /// <param name="token2022">Whether the newer program carried it out.</param>
    /// <param name="found">Where to add.</param>
    public static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> mint, bool token2022, List<TokenInstruction> found)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        ReadOnlySpan<byte> type = default;
        Utf8JsonReader info = default;
        var hasInfo = false;
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("type"u8))
            {
                type = reader.Plain();
            }
            else if (reader.ValueTextEquals("info"u8))
            {
                hasInfo = true;
                info = reader; // read again once the type is known
                reader.SkipValue();
            }
            else
            {
                reader.SkipValue();
            }
        }

        if (hasInfo && type.SequenceEqual("batch"u8))
        {
            ReadBatch(ref info, mint, token2022, found);
        }
        else if (hasInfo && ActionOf(type) is { } action && ReadInfo(ref info, mint, action, token2022) is { } instruction)
        {
            found.Add(instruction);
        }
    }

    private static void ReadBatch(ref Utf8JsonReader reader, ReadOnlySpan<byte> mint, bool token2022, List<TokenInstruction> found)
    {
        reader.Enter(JsonTokenType.StartObject);
        while (reader.NextMember())
        {
            if (!reader.ValueTextEquals("instructions"u8))
            {
                reader.SkipValue();
                continue;
            }

            reader.Enter(JsonTokenType.StartArray);
            while (reader.NextElement())
            {
                Read(ref reader, mint, token2022, found);
            }
        }
    }

    private static TokenInstruction? ReadInfo(ref Utf8JsonReader reader, ReadOnlySpan<byte> mint, TokenAction action, bool token2022)
    {
        var info = default(ParsedInstruction);
        reader.Enter(JsonTokenType.StartObject);
        while (reader.NextMember())
        {
            info.ReadMember(ref reader);
        }

        return info._mint.IsEmpty || info._mint.SequenceEqual(mint) ? info.ToInstruction(action, token2022) : null;
    }

    private static TokenAction? ActionOf(ReadOnlySpan<byte> type) => type switch
    {
        _ when type.SequenceEqual("transferChecked"u8) || type.SequenceEqual("transfer"u8) || type.SequenceEqual("transferCheckedWithFee"u8) => TokenAction.Transfer,
        _ when type.SequenceEqual("mintTo"u8) || type.SequenceEqual("mintToChecked"u8) => TokenAction.Mint,
        _ when type.SequenceEqual("burn"u8) || type.SequenceEqual("burnChecked"u8) => TokenAction.Burn,
        _ when type.SequenceEqual("setAuthority"u8) => TokenAction.HandOver,
        _ when type.StartsWith("initializeAccount"u8) => TokenAction.Open,
        _ when type.StartsWith("withdrawWithheldTokensFrom"u8) => TokenAction.CollectFees,
        _ => null,
    };

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("mint"u8))
        {
            _mint = reader.Plain();
        }
        else if (reader.ValueTextEquals("source"u8))
        {
            _from = reader.Plain();
        }
        else if (reader.ValueTextEquals("destination"u8) || reader.ValueTextEquals("feeRecipient"u8))
        {
            _to = reader.Plain();
        }
        else if (reader.ValueTextEquals("account"u8))
        {
            _account = reader.Plain();
        }
        else if (reader.ValueTextEquals("owner"u8) || reader.ValueTextEquals("newAuthority"u8))
        {
            _owner = reader.Plain();
        }
        else if (reader.ValueTextEquals("authorityType"u8))
        {
            _authorityType = reader.Plain();
        }
        else if (reader.ValueTextEquals("amount"u8) || reader.ValueTextEquals("tokenAmount"u8))
        {
            _amount = BalanceReader.ReadAmount(ref reader);
        }
        else if (reader.ValueTextEquals("feeAmount"u8))
        {
            _fee = BalanceReader.ReadAmount(ref reader);
        }
        else
        {
            reader.SkipValue();
        }
    }

    private readonly TokenInstruction? ToInstruction(TokenAction action, bool token2022)
    {
        var (ofMint, amount) = (!_mint.IsEmpty, JsonReading.Amount(_amount));
        var (from, to) = (JsonReading.Address(_from), JsonReading.Address(_to));
        var (account, owner) = (JsonReading.Address(_account), JsonReading.Address(_owner));
        return action switch
        {
            TokenAction.Transfer => new(action, ofMint, from, to, null, amount, JsonReading.Amount(_fee) ?? (token2022 ? null : 0)),
            TokenAction.Mint => new(action, ofMint, null, account, null, amount, 0),
            TokenAction.Burn => new(action, ofMint, account, null, null, amount, 0),
            TokenAction.Open => new(action, ofMint, null, account, owner, null, null),
            TokenAction.CollectFees => new(action, ofMint, null, to, null, null, null),
            TokenAction.HandOver when _authorityType.SequenceEqual("accountOwner"u8) => new(action, ofMint, account, null, owner, null, null),
            _ => null,
        };
    }
}
