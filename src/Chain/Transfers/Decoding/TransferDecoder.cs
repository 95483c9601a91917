using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using WildNOut.Actors.Token;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>
/// Turns transactions into movements of one token. It never throws for what a node sends, keeps nothing between calls, and may be used by many at once;
/// the same transaction always gives the same movements.
/// </summary>
/// <remarks>
/// <para>
/// The balances of token accounts before and after are the truth; instructions tell the order and the path. When the instructions of the token programs
/// (inner and batched ones too) lead from the balances before to those after, each successful transfer, mint or burn is one movement, also one of amount
/// 0 and one between two accounts of the same owner (whose sender is its recipient); so is a hand-over of an account with tokens to another owner, and
/// the collection of withheld fees, which come from no owner and are therefore told as a mint.
/// </para>
/// <para>
/// When instructions do not explain the balances, owners that lost are paired with owners that gained, in the order of their accounts: what remains on
/// one side is a burn or a mint, or, for a Token-2022 mint that nobody burned of, a transfer fee. Amounts of 0 and moves within one owner do not show then.
/// </para>
/// <para>
/// A movement is a buy when only its sender is a pool, a sale when only its recipient is one; so adding to a pool reads as a sale.
/// </para>
/// </remarks>
/// <param name="mint">The mint of the token, base58.</param>
/// <param name="pools">The owners of known pools, base58.</param>
public sealed class TransferDecoder(string mint, IEnumerable<string> pools)
{
    private readonly byte[] _mint = Encoding.ASCII.GetBytes(mint);
    private readonly byte[] _quotedMint = Encoding.ASCII.GetBytes($"\"{mint}\"");
    private readonly FrozenSet<string> _pools = pools.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a block holds of the token; null when that is nothing.</summary>
    public FeedBlock? Decode(Block block)
    {
        List<Movement> movements = [];
        List<ParkedTransaction> parked = [];
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            var decoded = Decode(block.Transactions[i], i);
            movements.AddRange(decoded.Movements);
            if (decoded.Parked is { } one)
            {
                parked.Add(one);
            }
        }

        return movements.Count + parked.Count == 0 ? null : new FeedBlock(new BlockId(block.Slot, block.Hash), block.Time, movements, parked);
    }

    /// <summary>What a transaction means for the token. One whose JSON does not hold the mint as a string means nothing, whatever else is in it.</summary>
    public DecodedTransaction Decode(BlockTransaction transaction) => Decode(transaction, null);

    /// <summary>The token accounts that a transaction touched, as its balances name them; none of one that cannot be read.</summary>
    internal IReadOnlyList<string> AccountsOf(BlockTransaction transaction)
    {
        var json = transaction.Json.Span;
        try
        {
            return json.IndexOf(_quotedMint) < 0 ? [] : [.. new TransactionReader(json, _mint).Read().Addresses.OfType<string>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private DecodedTransaction Decode(BlockTransaction transaction, int? place)
    {
        var json = transaction.Json.Span;
        if (json.IndexOf(_quotedMint) < 0)
        {
            return DecodedTransaction.Nothing;
        }

        string? signature = null;
        string reason;
        try
        {
            var text = new TransactionReader(json, _mint).Read();
            if (text.Failed)
            {
                return DecodedTransaction.Nothing;
            }

            if (TokenTransaction.Of(text, out reason) is { } understood)
            {
                return new DecodedTransaction(Movements(understood));
            }

            signature = text.Signature;
        }
        catch (JsonException fault)
        {
            reason = fault.Message;
            signature = TransactionGlance.Of(json, ref reason);
        }

        return DecodedTransaction.NotUnderstood(signature ?? Place(transaction.Slot, place), reason);
    }

    private Movement[] Movements(TokenTransaction transaction)
    {
        var flows = InstructionWalk.Follow(transaction) ?? BalancePairing.Pair(transaction);
        var movements = new Movement[flows.Count];
        for (var i = 0; i < movements.Length; i++)
        {
            var (sender, recipient, amount, fee) = flows[i];
            movements[i] = new Movement(transaction.Signature, i, Kind(sender, recipient), sender, recipient, amount, fee);
        }

        return movements;
    }

    private MovementKind Kind(string? sender, string? recipient) => (sender, recipient) switch
    {
        (null, _) => MovementKind.Mint,
        (_, null) => MovementKind.Burn,
        _ => (_pools.Contains(sender), _pools.Contains(recipient)) switch
        {
            (true, false) => MovementKind.Buy,
            (false, true) => MovementKind.Sell,
            _ => MovementKind.Transfer,
        },
    };

    private static string Place(ulong slot, int? place) => place is { } index ? $"slot {slot}, transaction {index}" : $"slot {slot}";
}
