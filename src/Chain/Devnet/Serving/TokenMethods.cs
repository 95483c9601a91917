using System.Text.Json;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The methods about token accounts.</summary>
internal sealed class TokenMethods(SimulatedChain chain)
{
    private readonly AccountJson _accounts = new(chain);

    public RpcAnswer GetSupply(RpcParameters parameters, ChainView view)
    {
        var mint = parameters.Address(0);
        var state = view.State(parameters.Config(1).Commitment);
        return mint == chain.Options.Mint
            ? InContext(state.Slot, json => TokenAmountJson.Write(json, state.Value.Supply, chain.Options.Decimals))
            : UnknownMint;
    }

    public RpcAnswer GetByOwner(RpcParameters parameters, ChainView view)
    {
        var owner = parameters.Address(0);
        var filter = new RpcConfig(parameters.Object(1));
        var config = parameters.Config(2);
        var state = view.State(config.Commitment);
        if (RpcMethods.TooOld(config, state.Slot) is { } old)
        {
            return old;
        }

        if (filter.Text("mint") is { } mint && mint != chain.Options.Mint)
        {
            return UnknownMint;
        }

        var program = filter.Text("programId");
        if (program is not null and not Programs.Token and not Programs.Token2022)
        {
            return RpcAnswer.Error(-32602, "Invalid param: unrecognized Token program id");
        }

        var found = program is null || program == chain.Book.TokenProgram
            ? Sorted(state.Value.Accounts.Values.Where(account => account.Owner == owner))
            : [];
        return InContext(state.Slot, json => WriteList(json, found));
    }

    public RpcAnswer GetProgramAccounts(RpcParameters parameters, ChainView view)
    {
        var program = parameters.Address(0);
        var config = parameters.Config(1);
        var filter = AccountFilter.Read(chain, _accounts.Space, program, config);
        var state = view.State(config.Commitment);
        if (RpcMethods.TooOld(config, state.Slot) is { } old)
        {
            return old;
        }

        var found = Sorted(state.Value.Accounts.Values.Where(filter.Admits));
        return config.Member("withContext") is { ValueKind: JsonValueKind.True }
            ? InContext(state.Slot, json => WriteList(json, found))
            : RpcAnswer.Result(json => WriteList(json, found));
    }

    private static RpcAnswer UnknownMint => RpcAnswer.Error(-32602, "Invalid param: could not find mint");

    private static RpcAnswer InContext(ulong slot, Action<Utf8JsonWriter> value) => RpcAnswer.Result(json => ContextJson.Write(json, slot, value));

    private static List<SimulatedAccount> Sorted(IEnumerable<SimulatedAccount> accounts) => [.. accounts.OrderBy(account => account.Address, StringComparer.Ordinal)];

    private void WriteList(Utf8JsonWriter json, List<SimulatedAccount> accounts)
    {
        json.WriteStartArray();
        accounts.ForEach(account => _accounts.WriteKeyed(json, account));
        json.WriteEndArray();
    }
}
