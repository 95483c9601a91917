using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Wallets;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>
/// What a wallet held when it was read is a deed, and the most counts. Each wallet by itself: readings of two wallets lie apart, and tokens that move from one
/// to the other in between would be in both.
/// </summary>
public sealed class HoldingsPolicy : Policy
{
    /// <inheritdoc />
    public override string Name => "holdings-deeds";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.Wallets];

    /// <inheritdoc />
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) =>
        happened.Event is HoldingsSet read && read.WholeTokens() is > 0 and var tokens
            ? [new PolicyCommand(
                UserRegions.OfUser(read.UserId),
                RecordDeeds.Of(new Deed(DeedKind.TokensHeld, read.Address, read.At, Tokens: (long)Math.Min(tokens, long.MaxValue))))]
            : [];
}
