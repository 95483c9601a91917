using System.Globalization;
using WildNOut.Actors.Token;

namespace WildNOut.ReadModel.Tests;

/// <summary>Lines of a feed to read of.</summary>
internal static class FeedSample
{
    public const string Mint = "MintMintMintMintMintMintMintMintMintMintMint";

    public static readonly string PersistenceId = FeedDefinition.AddressOf(Mint).PersistenceId;

    public static BlockId Id(ulong slot, string fork = "a") => new(slot, string.Create(CultureInfo.InvariantCulture, $"{fork}{slot}"));

    public static Movement Move(string signature, string? from, string? to, ulong amount, ulong fee = 0, int index = 0, MovementKind kind = MovementKind.Transfer) =>
        new(signature, index, kind, from, to, amount, fee);

    public static FeedBlock Block(ulong slot, params IReadOnlyList<Movement> movements) => new(Id(slot), Sample.Noon.AddSeconds(slot), movements, []);

    public static BlocksRecorded Recorded(long first, params IReadOnlyList<FeedBlock> blocks) =>
        new(Mint, blocks[^1].Id, Finalized: false, first, blocks, null, 6, Sample.Noon);

    public static BlocksFinalized Finalized(ulong slot, long? line) => new(Mint, Id(slot), line, Sample.Noon);

    public static BlocksWithdrawn Withdrawn(ulong tip, long first, params IReadOnlyList<WithdrawnLine> lines) => new(Mint, Id(tip), first, lines, Sample.Noon);
}
