using CsCheck;
using SimpleBase;

namespace WildNOut.Chain.Tests;

/// <summary>What is an address.</summary>
public sealed class SolanaAddressTests
{
    [Theory]
    [InlineData("11111111111111111111111111111111", true)]
    [InlineData("111111111111111111111111111111111", false)]
    [InlineData("11111111111111111111111111111111111111111111", false)]
    [InlineData("1111111111111111111111111111111", false)]
    [InlineData("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb", true)]
    [InlineData("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuE0", false)]
    [InlineData("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuE ", false)]
    [InlineData("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxu\u00e9b", false)]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", false)]
    [InlineData("", false)]
    public void An_address_is_base58_of_32_bytes(string text, bool valid) => Assert.Equal(valid, SolanaAddress.IsValid(text));

    [Fact]
    public void Every_key_of_32_bytes_has_an_address_and_no_shorter_or_longer_one() =>
        Gen.Byte.Array[0, 40].Sample(key => SolanaAddress.IsValid(Base58.Bitcoin.Encode(key)) == (key.Length == 32));
}
