using System.Collections.Immutable;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>A token account of the mint.</summary>
/// <param name="Address">Base58.</param>
/// <param name="Owner">The wallet it belongs to, base58.</param>
/// <param name="Amount">Base units.</param>
/// <param name="Withheld">Transfer fees kept in the account, which are not its owner's, in base units.</param>
public sealed record SimulatedAccount(string Address, string Owner, ulong Amount, ulong Withheld = 0);

/// <summary>All token accounts of the mint after a block.</summary>
internal sealed record TokenState(ImmutableDictionary<string, SimulatedAccount> Accounts, ulong Supply)
{
    public static TokenState Empty { get; } = new(ImmutableDictionary.Create<string, SimulatedAccount>(StringComparer.Ordinal), 0);
}
