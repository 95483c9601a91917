using System.Collections.Frozen;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Everybody on a simulated chain, and the addresses of the token accounts that they have or may come to have.</summary>
internal sealed class WalletBook
{
    private readonly FrozenDictionary<string, string> _solAccounts;
    private readonly FrozenSet<string> _pools;

    public WalletBook(SimulatedChainOptions options)
    {
        Mint = options.Mint;
        TokenProgram = options.Token2022 ? Programs.Token2022 : Programs.Token;
        MintAuthority = DevnetKeys.Address("mint authority");
        Treasury = new Holder(DevnetKeys.Address("treasury"), [DevnetKeys.Address("treasury account")]);
        Wallets = [.. Enumerable.Range(0, options.Wallets).Select(number => Wallet(number, options.AccountsPerWallet))];
        Pools = [Pool("raydium", Programs.Raydium), Pool("orca", Programs.Orca)];
        _solAccounts = Wallets.ToFrozenDictionary(wallet => wallet.Owner, wallet => DevnetKeys.Address("sol account of " + wallet.Owner), StringComparer.Ordinal);
        _pools = Pools.Select(pool => pool.Owner).ToFrozenSet(StringComparer.Ordinal);
    }

    public string Mint { get; }

    public string TokenProgram { get; }

    public string MintAuthority { get; }

    /// <summary>Holds what nobody else got, and does not trade.</summary>
    public Holder Treasury { get; }

    public IReadOnlyList<Holder> Wallets { get; }

    public IReadOnlyList<PoolKeys> Pools { get; }

    public bool IsPool(string owner) => _pools.Contains(owner);

    /// <summary>The account in which a wallet keeps wrapped SOL.</summary>
    public string SolAccount(string owner) => _solAccounts[owner];

    private static Holder Wallet(int number, int accounts) =>
        new(DevnetWallets.At(number).Address, [.. Enumerable.Range(0, accounts).Select(account => DevnetKeys.Address($"account {number}/{account}"))]);

    private static PoolKeys Pool(string name, string program) =>
        new(DevnetKeys.Address($"{name} authority"), DevnetKeys.Address($"{name} vault"), DevnetKeys.Address($"{name} sol vault"), program);
}

/// <summary>A wallet and its token accounts.</summary>
internal sealed record Holder(string Owner, IReadOnlyList<string> Accounts);

/// <summary>A pool: who owns it, where it keeps the token and the wrapped SOL, and the program that trades.</summary>
internal sealed record PoolKeys(string Owner, string Vault, string SolVault, string Program);
