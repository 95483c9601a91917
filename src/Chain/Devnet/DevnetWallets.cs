using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WildNOut.Chain.Devnet;

/// <summary>The wallets of the devnet. Their seeds are fixed, so that every process and every test knows the same ones.</summary>
public static class DevnetWallets
{
    /// <summary>Wallets for demonstrations, holding at first 250,000, 25,000, 2,500, 25 and no tokens: one for each holder tier.</summary>
    public static ImmutableArray<DevnetWallet> Demo { get; } = [.. Enumerable.Range(0, 5).Select(At)];

    /// <summary>The wallet with a number.</summary>
    /// <param name="number">From 0; the first five are <see cref="Demo"/>.</param>
    public static DevnetWallet At(int number) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"wildnout devnet wallet {number}"))));
}
