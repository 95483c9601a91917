using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;

namespace WildNOut.Web.Endpoints;

/// <summary>
/// Casts votes, and finds out what they weigh where a battle weighs them. A battle is known to do so only once its ballot box has said it; from then on this node
/// asks for the voter's holdings first.
/// </summary>
/// <param name="gateway">Asks the ballot boxes and the wallets.</param>
public sealed class WeightedVotes(EntityGateway gateway)
{
    private readonly RecentMap<Guid, WeightDemand> _weighing = new(10_000);

    /// <summary>Casts a vote that has no weight yet.</summary>
    /// <returns><see cref="Done"/> with the receipt, or what went wrong.</returns>
    public async Task<IReply> CastAsync(EntityAddress box, CastVote vote, string? fingerprint)
    {
        if (!_weighing.TryGet(vote.BattleId, out var demand))
        {
            var reply = await gateway.AskAsync(box, vote, vote.CommandId, fingerprint);
            if (!WeightDemand.TryRead(reply, out demand))
            {
                return reply;
            }

            _weighing.Add(vote.BattleId, demand);
        }

        var held = await gateway.AskAsync(WalletRegions.OfUser(vote.VoterId), new GetHoldingsAt(demand.Opened));
        return held switch
        {
            HoldingsThen then => await gateway.AskAsync(box, vote with { Weight = WeightOf(demand.Weighting, then) }, vote.CommandId, fingerprint),
            // The clock of the node that keeps the wallets is a little behind that of the battle's: a repeat finds the instant passed.
            Rejection => new Unavailable("What the voter holds cannot be said yet."),
            _ => held,
        };
    }

    /// <summary>What a vote weighs.</summary>
    public static long WeightOf(VoteWeighting weighting, HoldingsThen held) => weighting switch
    {
        VoteWeighting.HolderTier => held.Tier switch
        {
            HolderTier.None => 1,
            HolderTier.Bronze => 2,
            HolderTier.Silver => 3,
            HolderTier.Gold => 5,
            _ => 8,
        },
        VoteWeighting.Quadratic => Math.Max(1, Root(held.WholeTokens)),
        _ => 1,
    };

    /// <summary>The whole root, exact: a double cannot hold every 64-bit number.</summary>
    private static long Root(ulong number)
    {
        var root = (UInt128)Math.Sqrt(number);
        while (root * root > number)
        {
            root--;
        }

        while ((root + 1) * (root + 1) <= number)
        {
            root++;
        }

        return (long)root;
    }
}
