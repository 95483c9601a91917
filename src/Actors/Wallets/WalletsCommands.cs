using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>A command to the wallets of a user.</summary>
public interface IWalletsCommand : ICommand;

/// <summary>Links a wallet whose ownership was proven; answered with <see cref="WalletView"/>, also when it is linked already.</summary>
public sealed record LinkWallet(string Address) : IWalletsCommand;

/// <summary>Gives a wallet up.</summary>
public sealed record DisconnectWallet(string Address) : IWalletsCommand;

/// <summary>The user is no more: every wallet is given up, and none can be linked again.</summary>
public sealed record CloseWallets : IWalletsCommand;

/// <summary>What a wallet holds, in absolute terms; older readings than the newest change nothing.</summary>
/// <param name="Address">The wallet.</param>
/// <param name="Amount">Base units over all of its token accounts.</param>
/// <param name="Slot">The slot at which that was so.</param>
/// <param name="Decimals">The mint's decimals, 0 to 255.</param>
public sealed record SetHoldings(string Address, ulong Amount, ulong Slot, int Decimals) : IWalletsCommand;

/// <summary>An address answered: comes in through the shell.</summary>
public sealed record HearAddress(ClaimReply Reply) : IWalletsCommand;

/// <summary>A wallet was looked at and nothing has changed, or it could not be read. Only its age is kept, and only in memory.</summary>
/// <param name="Address">The wallet.</param>
/// <param name="Slot">The slot of the reading; null when it failed.</param>
/// <param name="At">When.</param>
public sealed record HoldingsChecked(string Address, ulong? Slot, DateTimeOffset At) : ISignal;
