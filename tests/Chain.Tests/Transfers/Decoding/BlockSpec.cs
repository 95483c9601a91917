using WildNOut.Actors.Token;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Transfers.Decoding;

/// <summary>Whole blocks.</summary>
public sealed class BlockSpec
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_767_300_000);

    [Fact]
    public void A_block_without_the_token_is_nothing()
    {
        Assert.Null(Fixture.Decoder.Decode(Block(Time)));
        Assert.Null(Fixture.Decoder.Decode(Block(Time, "failed", "wrong-mint")));
    }

    [Fact]
    public void Movements_of_a_block_come_in_its_order_and_count_anew_in_each_transaction()
    {
        var block = Fixture.Decoder.Decode(Block(Time, "batch", "failed", "mint-to"));
        Assert.NotNull(block);
        Assert.Equal(new BlockId(7, "hash"), block.Id);
        Assert.Equal(Time, block.Time);
        Assert.Empty(block.Parked);
        Assert.Equal([0, 1, 2, 0, 1], block.Movements.Select(movement => movement.Index));
        Assert.Equal(
            [MovementKind.Transfer, MovementKind.Transfer, MovementKind.Burn, MovementKind.Mint, MovementKind.Mint],
            block.Movements.Select(movement => movement.Kind));
    }

    [Fact]
    public void A_transaction_that_is_not_understood_is_parked_and_the_others_count()
    {
        var block = Fixture.Decoder.Decode(Block(Time, "version-2", "zero-amount", "missing-signature"));
        Assert.NotNull(block);
        Assert.Single(block.Movements);
        Assert.Equal(
            ["Transaction version 2 is not known.", "It has no readable signature."],
            block.Parked.Select(parked => parked.Reason));
        Assert.Equal("slot 7, transaction 2", block.Parked[1].Signature);
    }

    [Fact]
    public void A_block_may_have_no_time() => Assert.Null(Assert.IsType<FeedBlock>(Fixture.Decoder.Decode(Block(null, "null-block-time"))).Time);

    private static Block Block(DateTimeOffset? time, params string[] fixtures) => new(
        7, "hash", 6, "parent", time, [.. fixtures.Select(name => new BlockTransaction(7, time, Fixture.ReadCompact(name)))]);
}
