using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Wallets;

namespace WildNOut.Actors.Identity;

/// <summary>The access tokens of the platform's own sessions end with them.</summary>
public sealed class SignOutsPolicy : Policy
{
    /// <inheritdoc />
    public override string Name => "sign-outs";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.Sessions];

    /// <inheritdoc />
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) => happened.Event is SessionEnded ended
        ? [new PolicyCommand(IdentityRegions.SignOuts, new SignOut(ended.SessionId.ToString()))]
        : [];
}
