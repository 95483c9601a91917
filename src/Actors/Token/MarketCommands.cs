using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>What the one who watches the price says to the market of a mint.</summary>
public interface IMarketCommand : ICommand
{
    /// <summary>The mint, base58.</summary>
    string Mint { get; }
}

/// <summary>One sample of the market; answered with <see cref="SampleTaken"/>.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Price">What the price feeds agree on; null while they do not.</param>
/// <param name="Supply">The supply as the chain knows it; null when it was not read yet.</param>
/// <param name="Configured">How many price feeds are asked.</param>
public sealed record RecordSample(string Mint, AgreedPrice? Price, TokenSupply? Supply, int Configured) : IMarketCommand;

/// <summary>A price that price feeds agree on.</summary>
/// <param name="Value">USD for a whole token.</param>
/// <param name="At">From when the reading is that it was taken from; the older one where it lies between two.</param>
/// <param name="From">The feed whose reading it is, or the two it lies between, such as <c>dexscreener+jupiter</c>.</param>
/// <param name="Sources">All feeds that agree.</param>
public sealed record AgreedPrice(decimal Value, DateTimeOffset At, string From, IReadOnlyList<string> Sources);

/// <summary>How much of a token there is.</summary>
/// <param name="Amount">Base units.</param>
/// <param name="Decimals">0 to 255; base units are 10^-decimals of a token.</param>
public sealed record TokenSupply(ulong Amount, int Decimals);
