using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Policies;

namespace WildNOut.Actors.Identity;

/// <summary>The capability of identity: which sessions have ended before their tokens.</summary>
public sealed class IdentitySetup : Capability
{
    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions => [EntityRegion.Of(new SignOutsDefinition())];

    /// <inheritdoc />
    public override IEnumerable<Policy> Policies => [new SignOutsPolicy()];

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue)
    {
        var json = IdentityJson.Default;
        catalogue
            .Add("identity.sign-out.v1", json.SignOut)
            .Add("identity.signed-out.v1", json.SignedOut)
            .Add("identity.get-sign-outs.v1", json.GetSignOuts)
            .Add("identity.sign-out-number.v1", json.SignOutNumber)
            .Add("identity.sign-outs.v1", json.SignOuts)
            .Add("identity.sign-outs-snapshot.v1", json.SignOutsSnapshot);
    }
}
