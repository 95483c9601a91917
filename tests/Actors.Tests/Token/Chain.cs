using WildNOut.Actors.Token;

namespace WildNOut.Actors.Tests.Token;

/// <summary>A made-up mint and its movements.</summary>
internal static class Chain
{
    public const string Mint = "MintMintMintMintMintMintMintMintMintMintMint";

    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static BlockId Id(ulong slot, string? fork = "a") => new(slot, fork is null ? null : $"{fork}{slot}");

    public static Movement Move(string signature, int index = 0, ulong amount = 5) =>
        new(signature, index, MovementKind.Transfer, "ann", "bob", amount);

    public static FeedBlock Block(ulong slot, params IReadOnlyList<Movement> movements) => Block(Id(slot), movements);

    public static FeedBlock Block(BlockId id, params IReadOnlyList<Movement> movements) => new(id, Now, movements, []);

    public static RecordBlocks Record(BlockId after, BlockId upto, params IReadOnlyList<FeedBlock> blocks) => new(Mint, after, upto, blocks, Finalized: false, Decimals: 6);

    public static BlocksRecorded Recorded(BlockId upto, long first, params IReadOnlyList<FeedBlock> blocks) =>
        new(Mint, upto, Finalized: false, first, blocks, null, 6, Now);
}
