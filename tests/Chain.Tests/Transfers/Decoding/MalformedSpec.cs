using System.Text;
using CsCheck;

namespace WildNOut.Chain.Tests.Transfers.Decoding;

/// <summary>Nothing that a node may send makes the decoder throw.</summary>
public sealed class MalformedSpec
{
    private static readonly byte[][] Texts = [.. Fixture.Names.Select(Fixture.ReadCompact)];

    public static TheoryData<string> All => [.. Fixture.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void A_truncated_transaction_is_parked_as_soon_as_it_names_the_token(string name)
    {
        var json = Fixture.ReadCompact(name);
        var named = json.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\"{Fixture.Mint}\"")) + Fixture.Mint.Length + 2;
        var step = 1 + (json.Length / 4_000); // some are long
        for (var length = 0; length < json.Length; length += step)
        {
            var decoded = Fixture.Decode(json.AsMemory(0, length));
            Assert.Empty(decoded.Movements);
            Assert.Equal(length >= named, decoded.Parked is not null);
        }
    }

    [Fact]
    public void A_truncated_transaction_still_tells_its_signature()
    {
        var json = Fixture.ReadCompact("batch");
        var parked = Fixture.Decode(json.AsMemory(0, json.Length - 10)).Parked;
        Assert.Equal(Fixture.Decode(json).Movements[0].Signature, parked?.Signature);
    }

    [Fact]
    public void Changed_bytes_never_make_it_throw() =>
        Gen.Select(Gen.Int[0, Texts.Length - 1], Gen.Select(Gen.Int[0, 100_000], Gen.Byte).Array[1, 4]).Sample((text, changes) =>
        {
            var json = (byte[])Texts[text].Clone();
            foreach (var (at, value) in changes)
            {
                json[at % json.Length] = value;
            }

            Assert.NotNull(Fixture.Decode(json));
        }, iter: 20_000);

    [Fact]
    public void Tokens_of_another_kind_never_make_it_throw()
    {
        byte[][] values = [.. new[] { "null", "true", "-1", "1e400", "\"\"", "\"\\u0000\"", "[]", "{}", "[[{}]]", "{\"a\":{\"amount\":[1]}}" }.Select(Encoding.ASCII.GetBytes)];
        Gen.Select(Gen.Int[0, Texts.Length - 1], Gen.Int[0, 100_000], Gen.Int[0, values.Length - 1]).Sample(
            (text, place, value) => Assert.NotNull(Fixture.Decode(Replaced(Texts[text], place, values[value]))), iter: 20_000);
    }

    [Theory]
    [InlineData("""["MINT"]""")]
    [InlineData("\"MINT\"")]
    [InlineData("""{"meta":["MINT"]}""")]
    [InlineData("""{"transaction":null,"a":"MINT"}""")]
    [InlineData("""<html>"MINT"</html>""")]
    public void What_is_no_transaction_is_parked_where_it_stood(string text)
    {
        var parked = Fixture.Decode(Encoding.UTF8.GetBytes(text.Replace("MINT", Fixture.Mint, StringComparison.Ordinal))).Parked;
        Assert.Equal("slot 348000123", parked?.Signature);
        Assert.NotEmpty(parked!.Reason);
    }

    /// <summary>Puts something else in the place of the n-th simple value.</summary>
    private static byte[] Replaced(byte[] json, int place, byte[] value)
    {
        var values = new List<(int Start, int End)>();
        var reader = new System.Text.Json.Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is System.Text.Json.JsonTokenType.String or System.Text.Json.JsonTokenType.Number)
            {
                values.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
            }
        }

        var (start, end) = values[place % values.Count];
        return [.. json.AsSpan(0, start), .. value, .. json.AsSpan(end)];
    }
}
