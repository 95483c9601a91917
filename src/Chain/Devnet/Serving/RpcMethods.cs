using System.Text.Json;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The methods that a server of the devnet knows.</summary>
internal sealed class RpcMethods(SimulatedChain chain, DevnetFaults faults)
{
    private readonly BlockMethods _blocks = new(chain, faults);
    private readonly TokenMethods _tokens = new(chain);

    /// <summary>Answers a call.</summary>
    public RpcAnswer Call(string method, JsonElement call)
    {
        try
        {
            var behind = faults.Strikes(DevnetFault.Stale, method)?.Slots ?? 0;
            return Answer(method, new RpcParameters(call), chain.View(behind));
        }
        catch (RpcParameterException fault)
        {
            return RpcAnswer.Error(-32602, fault.Message);
        }
    }

    /// <summary>The error of a call that must not be answered from before a slot; null when it may be answered.</summary>
    public static RpcAnswer? TooOld(RpcConfig config, ulong slot) => config.Number("minContextSlot") is { } least && slot < least
        ? RpcAnswer.Error(-32016, "Minimum context slot has not been reached", json =>
        {
            json.WriteStartObject();
            json.WriteNumber("contextSlot", slot);
            json.WriteEndObject();
        })
        : null;

    private RpcAnswer Answer(string method, RpcParameters parameters, ChainView view) => method switch
    {
        "getSlot" => Number(parameters, view, newest => newest),
        "getBlockHeight" => Number(parameters, view, _ => view.Height(parameters.Config(0).Commitment)),
        "getFirstAvailableBlock" => RpcAnswer.Result(json => json.WriteNumberValue(view.FirstAvailable())),
        "getHealth" => RpcAnswer.Result(json => json.WriteStringValue("ok")),
        "getVersion" => RpcAnswer.Result(WriteVersion),
        "getBlocks" => _blocks.GetBlocks(parameters, view),
        "getBlock" => _blocks.GetBlock(parameters, view),
        "getTransaction" => _blocks.GetTransaction(parameters, view),
        "getSignaturesForAddress" => _blocks.GetSignatures(parameters, view),
        "getTokenSupply" => _tokens.GetSupply(parameters, view),
        "getTokenAccountsByOwner" => _tokens.GetByOwner(parameters, view),
        "getProgramAccounts" => _tokens.GetProgramAccounts(parameters, view),
        _ => RpcAnswer.Error(-32601, "Method not found"),
    };

    private static RpcAnswer Number(RpcParameters parameters, ChainView view, Func<ulong, ulong> value)
    {
        var config = parameters.Config(0);
        var newest = view.Slot(config.Commitment);
        return TooOld(config, newest) ?? RpcAnswer.Result(json => json.WriteNumberValue(value(newest)));
    }

    private static void WriteVersion(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("solana-core", "4.0.0");
        json.WriteNumber("feature-set", 1_234_567_890);
        json.WriteEndObject();
    }
}
