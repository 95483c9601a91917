using System.Text.Json;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The methods about blocks, transactions and histories.</summary>
internal sealed class BlockMethods(SimulatedChain chain, DevnetFaults faults)
{
    private const ulong WidestRange = 500_000;
    private const ulong LongestPage = 1_000;

    private readonly BlockJson _json = new(chain);
    private readonly SignaturePages _pages = new(faults);

    public RpcAnswer GetBlocks(RpcParameters parameters, ChainView view)
    {
        var first = parameters.Number(0);
        var config = parameters.At(1) is { ValueKind: JsonValueKind.Object } ? parameters.Config(1) : parameters.Config(2);
        var commitment = config.Voted;
        var last = parameters.OptionalNumber(1) ?? view.Slot(commitment);
        if (last >= first && last - first > WidestRange)
        {
            return RpcAnswer.Error(-32602, $"Slot range too large; max {WidestRange}");
        }

        var slots = last < first ? [] : Tampered(view.Blocks(first, last, commitment));
        return TooOld(config, view, commitment) ?? RpcAnswer.Result(json =>
        {
            json.WriteStartArray();
            foreach (var slot in slots)
            {
                json.WriteNumberValue(slot);
            }

            json.WriteEndArray();
        });
    }

    public RpcAnswer GetBlock(RpcParameters parameters, ChainView view)
    {
        var slot = parameters.Number(0);
        var config = parameters.Config(1);
        var details = Details(config);
        var commitment = config.Voted;
        if (faults.Strikes(DevnetFault.BlockNotYet, "getBlock", Young(view, slot)) is not null)
        {
            return NotAvailable(slot);
        }

        var (block, absence) = view.Block(slot, commitment);
        return absence switch
        {
            BlockAbsence.NotYet => NotAvailable(slot),
            BlockAbsence.Skipped => RpcAnswer.Error(-32007, $"Slot {slot} was skipped, or missing due to ledger jump to recent snapshot"),
            BlockAbsence.CleanedUp => RpcAnswer.Error(-32001, $"Block {slot} cleaned up, does not exist on node. First available block: {view.FirstAvailable()}"),
            _ => (details == TransactionDetails.Full ? Unsupported(config, block!.Transactions) : null)
                ?? RpcAnswer.Result(json => _json.WriteBlock(json, block!, details)),
        };
    }

    public RpcAnswer GetTransaction(RpcParameters parameters, ChainView view)
    {
        var signature = parameters.Signature(0);
        var config = parameters.Config(1);
        MustBeParsed(config);
        if (view.Transaction(signature, config.Voted) is not { } transaction
            || faults.Strikes(DevnetFault.TransactionNotYet, "getTransaction", Young(view, transaction.Slot)) is not null)
        {
            return RpcAnswer.Result(json => json.WriteNullValue());
        }

        return Unsupported(config, [transaction]) ?? RpcAnswer.Result(json => _json.WriteTransaction(json, transaction));
    }

    public RpcAnswer GetSignatures(RpcParameters parameters, ChainView view)
    {
        var address = parameters.Address(0);
        var config = parameters.Config(1);
        var commitment = config.Voted;
        var limit = config.Number("limit") ?? LongestPage;
        if (limit is 0 or > LongestPage)
        {
            return RpcAnswer.Error(-32602, $"Invalid limit; max {LongestPage}");
        }

        if (TooOld(config, view, commitment) is { } old)
        {
            return old;
        }

        if (view.Signatures(address, config.Text("before"), config.Text("until"), (int)limit, commitment) is not { } found)
        {
            return RpcAnswer.Error(-32020, "Signature given as `before` or `until` was not found");
        }

        var finalized = view.Slot(Commitment.Finalized);
        return RpcAnswer.Result(json =>
        {
            json.WriteStartArray();
            foreach (var transaction in _pages.Tampered(found))
            {
                BlockJson.WriteLine(json, transaction, transaction.Slot <= finalized);
            }

            json.WriteEndArray();
        });
    }

    private IReadOnlyList<ulong> Tampered(IReadOnlyList<ulong> slots)
    {
        if (faults.Strikes(DevnetFault.OmittedBlocks, "getBlocks") is not null)
        {
            slots = [.. slots.Where(_ => faults.Chance(8) > 0)];
        }

        return faults.Strikes(DevnetFault.RepeatedBlocks, "getBlocks") is null
            ? slots
            : [.. slots.SelectMany(slot => Enumerable.Repeat(slot, 1 + (faults.Chance(8) == 0 ? 1 : 0)))];
    }

    private static Func<FaultRule, bool> Young(ChainView view, ulong slot) =>
        rule => rule.Slots == 0 || slot + rule.Slots > view.Slot(Commitment.Processed);

    private static RpcAnswer NotAvailable(ulong slot) => RpcAnswer.Error(-32004, $"Block not available for slot {slot}");

    private static RpcAnswer? TooOld(RpcConfig config, ChainView view, Commitment commitment) => RpcMethods.TooOld(config, view.Slot(commitment));

    private static RpcAnswer? Unsupported(RpcConfig config, IReadOnlyList<SimulatedTransaction> transactions)
    {
        var supported = config.Number("maxSupportedTransactionVersion") is { } most ? (int)Math.Min(most, 255) : TransactionIntent.Legacy;
        return transactions.FirstOrDefault(transaction => transaction.Intent.Version > supported)?.Intent.Version is { } version
            ? RpcAnswer.Error(
                -32015,
                $"Transaction version ({version}) is not supported by the requesting client. Please try the request again with the following configuration parameter: \"maxSupportedTransactionVersion\": {version}")
            : null;
    }

    private static TransactionDetails Details(RpcConfig config)
    {
        switch (config.Text("transactionDetails"))
        {
            case null or "full":
                MustBeParsed(config);
                return TransactionDetails.Full;
            case "signatures":
                return TransactionDetails.Signatures;
            case "none":
                return TransactionDetails.None;
            case var other:
                throw new RpcParameterException($"Invalid params: the devnet does not know transactionDetails `{other}`");
        }
    }

    private static void MustBeParsed(RpcConfig config)
    {
        if (config.Text("encoding") != "jsonParsed")
        {
            throw new RpcParameterException("Invalid params: the devnet knows the encoding `jsonParsed` only");
        }
    }
}
