using WildNOut.Actors;
using WildNOut.Chain;
using WildNOut.Web.Configuration;
using WildNOut.Web.Gateway;
using WildNOut.Web.Listings;
using WildNOut.Web.Operations;
using WildNOut.Web.Realtime;

namespace WildNOut.Web.Endpoints;

/// <summary>What endpoint groups are made of; resolved once, when routes are mapped, so that a request resolves nothing.</summary>
/// <param name="Gateway">Asks entities.</param>
/// <param name="Lists">Reads lists.</param>
/// <param name="Prefix">The path all REST routes begin with.</param>
/// <param name="BallotBoxes">The number of ballot boxes of the deployment.</param>
/// <param name="Transactions">Answers lists of the token's transactions.</param>
/// <param name="Tail">Follows the token's feed.</param>
/// <param name="Seats">Who may open another event stream.</param>
/// <param name="Mint">The mint of the token; null when none is followed.</param>
/// <param name="Audit">Records what is done.</param>
/// <param name="Leaving">Signals that the node is leaving.</param>
public sealed record ApiServices(
    EntityGateway Gateway,
    ListReader Lists,
    string Prefix,
    int BallotBoxes,
    TransactionLists Transactions,
    TokenTail Tail,
    StreamSeats Seats,
    string? Mint,
    AuditTrail Audit,
    CancellationToken Leaving)
{
    /// <summary>Out of the container.</summary>
    public static ApiServices Of(IServiceProvider services) => new(
        services.GetRequiredService<EntityGateway>(),
        services.GetRequiredService<ListReader>(),
        services.GetRequiredService<ServerOptions>().ApiPrefix,
        services.GetRequiredService<NodeOptions>().BallotBoxes,
        services.GetRequiredService<TransactionLists>(),
        services.GetRequiredService<TokenTail>(),
        services.GetRequiredService<StreamSeats>(),
        services.GetService<ChainOptions>()?.Mint,
        services.GetRequiredService<AuditTrail>(),
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
}
