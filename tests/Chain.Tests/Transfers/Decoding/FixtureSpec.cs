using System.Text.Json.Nodes;

namespace WildNOut.Chain.Tests.Transfers.Decoding;

/// <summary>Every kind of transaction means what the file beside it says.</summary>
public sealed class FixtureSpec
{
    public static TheoryData<string> All => [.. Fixture.Names];

    [Fact]
    public void The_kinds_that_matter_are_there()
    {
        string[] kinds =
        [
            "legacy-transfer-checked", "plain-transfer-without-mint", "v0-lookup-table-buy", "v1-transfer", "version-2", "inner-instructions-sell", "batch", "set-authority",
            "closed-account", "token-2022-with-fee", "failed", "zero-amount", "u64-max", "null-block-time", "several-accounts-of-one-owner", "mint-to", "burn",
            "multisig-authority", "wrong-mint", "many-movements",
        ];
        Assert.Empty(kinds.Except(Fixture.Names));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_means_what_is_expected(string name) => Assert.Equal(Fixture.Expected(name), Fixture.Tell(Fixture.Decode(Fixture.Read(name))));

    [Theory]
    [MemberData(nameof(All))]
    public void Neither_spaces_nor_the_order_of_members_matter(string name)
    {
        var json = JsonNode.Parse(Fixture.Read(name))!;
        Assert.Equal(Fixture.Expected(name), Fixture.Tell(Fixture.Decode(Fixture.Compact(json))));
        Assert.Equal(Fixture.Expected(name), Fixture.Tell(Fixture.Decode(Fixture.Compact(Reversed(json)!))));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Movements_and_what_is_parked_bear_the_signature(string name)
    {
        var json = Fixture.Read(name);
        var decoded = Fixture.Decode(json);
        var signature = (string?)JsonNode.Parse(json)!["transaction"]!["signatures"]!.AsArray().FirstOrDefault() ?? "slot 348000123";
        Assert.All(decoded.Movements, movement => Assert.Equal(signature, movement.Signature));
        Assert.Equal(decoded.Parked is null ? null : signature, decoded.Parked?.Signature);
    }

    private static JsonNode? Reversed(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(member => KeyValuePair.Create(member.Key, Reversed(member.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Reversed)]),
        _ => node?.DeepClone(),
    };
}
