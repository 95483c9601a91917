using System.Text.Json;

namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>Reads what the JSON of a transaction (<c>jsonParsed</c>) says about a token, and over the rest.</summary>
/// <param name="json">The object with <c>transaction</c>, <c>meta</c> and <c>version</c>, UTF-8; its members may come in any order.</param>
/// <param name="mint">The token's mint, base58.</param>
internal ref struct TransactionReader(ReadOnlySpan<byte> json, ReadOnlySpan<byte> mint)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly ReadOnlySpan<byte> _mint = mint;
    private readonly TransactionText _text = new();
    private readonly List<Range> _addresses = [];
    private Utf8JsonReader _reader = new(json);

    /// <summary>Reads it all.</summary>
    /// <exception cref="JsonException">It is no JSON or no transaction.</exception>
    public TransactionText Read()
    {
        _reader.Enter(JsonTokenType.StartObject);
        while (_reader.NextMember())
        {
            if (_reader.ValueTextEquals("transaction"u8))
            {
                ReadTransaction();
            }
            else if (_reader.ValueTextEquals("meta"u8))
            {
                ReadMeta();
            }
            else if (_reader.ValueTextEquals("version"u8))
            {
                _text.UnknownVersion = TransactionVersion.Unknown(ref _reader);
            }
            else
            {
                _reader.SkipValue();
            }
        }

        _text.Addresses = new string?[_addresses.Count];
        WriteOut(_text.Before);
        WriteOut(_text.After);
        return _text;
    }

    private void ReadTransaction()
    {
        _reader.Enter(JsonTokenType.StartObject);
        while (_reader.NextMember())
        {
            if (_reader.ValueTextEquals("signatures"u8))
            {
                ReadSignature();
            }
            else if (_reader.ValueTextEquals("message"u8))
            {
                ReadMessage();
            }
            else
            {
                _reader.SkipValue();
            }
        }
    }

    private void ReadSignature()
    {
        _reader.Enter(JsonTokenType.StartArray);
        for (var first = true; _reader.NextElement(); first = false)
        {
            var signature = _reader.PlainHere();
            _text.Signature = first ? JsonReading.Signature(signature) : _text.Signature;
        }
    }

    private void ReadMessage()
    {
        _reader.Enter(JsonTokenType.StartObject);
        while (_reader.NextMember())
        {
            if (_reader.ValueTextEquals("accountKeys"u8))
            {
                ReadAddresses();
            }
            else if (_reader.ValueTextEquals("instructions"u8))
            {
                InstructionReader.ReadOuter(ref _reader, _mint, _text.Instructions);
            }
            else
            {
                _reader.SkipValue();
            }
        }
    }

    /// <summary>Notes where the addresses stand: most of them are never asked for.</summary>
    private void ReadAddresses()
    {
        _reader.Enter(JsonTokenType.StartArray);
        while (_reader.NextElement())
        {
            _reader.Demand(JsonTokenType.StartObject);
            Range address = default;
            while (_reader.NextMember())
            {
                if (_reader.ValueTextEquals("pubkey"u8))
                {
                    var length = _reader.Plain().Length;
                    var start = (int)_reader.TokenStartIndex + 1; // after the quotation mark
                    address = start..(start + length);
                }
                else
                {
                    _reader.SkipValue();
                }
            }

            _addresses.Add(address);
        }
    }

    private void ReadMeta()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        _text.HasMeta = true;
        _reader.Demand(JsonTokenType.StartObject);
        while (_reader.NextMember())
        {
            if (_reader.ValueTextEquals("err"u8))
            {
                _reader.Read();
                _text.Failed = _reader.TokenType != JsonTokenType.Null;
                _reader.Skip();
            }
            else if (_reader.ValueTextEquals("preTokenBalances"u8))
            {
                _text.Before = BalanceReader.Read(ref _reader, _mint);
            }
            else if (_reader.ValueTextEquals("postTokenBalances"u8))
            {
                _text.After = BalanceReader.Read(ref _reader, _mint);
            }
            else if (_reader.ValueTextEquals("innerInstructions"u8))
            {
                InstructionReader.ReadInner(ref _reader, _mint, _text.Instructions);
            }
            else
            {
                _reader.SkipValue();
            }
        }
    }

    private readonly void WriteOut(List<TokenBalance>? balances)
    {
        foreach (var balance in balances ?? [])
        {
            if (balance.Account >= 0 && balance.Account < _addresses.Count)
            {
                _text.Addresses[balance.Account] ??= JsonReading.Address(_json[_addresses[balance.Account]]);
            }
        }
    }
}
