using WildNOut.Actors;
using WildNOut.Web.Configuration;
using WildNOut.Web.Gateway;
using WildNOut.Web.Listings;

namespace WildNOut.Web.Endpoints;

/// <summary>What endpoint groups are made of; resolved once, when routes are mapped, so that a request resolves nothing.</summary>
/// <param name="Gateway">Asks entities.</param>
/// <param name="Lists">Reads lists.</param>
/// <param name="Prefix">The path all REST routes begin with.</param>
/// <param name="BallotBoxes">The number of ballot boxes of the deployment.</param>
public sealed record ApiServices(EntityGateway Gateway, ListReader Lists, string Prefix, int BallotBoxes)
{
    /// <summary>Out of the container.</summary>
    public static ApiServices Of(IServiceProvider services) => new(
        services.GetRequiredService<EntityGateway>(),
        services.GetRequiredService<ListReader>(),
        services.GetRequiredService<ServerOptions>().ApiPrefix,
        services.GetRequiredService<NodeOptions>().BallotBoxes);
}
