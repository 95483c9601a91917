using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using WildNOut.Actors.Engine;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Limits;

/// <summary>Whose requests are counted together: a user's, else those of a client address.</summary>
/// <param name="Text">The user's id or the address.</param>
/// <param name="IsUser">Whether it is a user.</param>
public readonly record struct CallerKey(string Text, bool IsUser)
{
    private const string User = "user:";
    private const string Client = "address:";
    private const int AddressBytesOfANetwork = 8;

    /// <summary>The key as nodes tell it to each other.</summary>
    public string Name => (IsUser ? User : Client) + Text;

    /// <summary>Reads a <see cref="Name"/>.</summary>
    public static bool TryParse(string name, out CallerKey key)
    {
        var isUser = name.StartsWith(User, StringComparison.Ordinal);
        var isKey = isUser || name.StartsWith(Client, StringComparison.Ordinal);
        key = isKey ? new CallerKey(name[(isUser ? User : Client).Length..], isUser) : default;
        return isKey;
    }

    /// <summary>Where the caller is kept, the same on every node: from 0 to <paramref name="places"/> − 1.</summary>
    public int PlaceOf(int places) => StableHash.Bucket(Text, places);

    /// <summary>A hash that nobody outside of this process can foresee.</summary>
    public uint Tag => (uint)(Text.GetHashCode(StringComparison.Ordinal) ^ (IsUser ? 0x5bd1e995 : 0));

    /// <summary>The key of a request.</summary>
    /// <param name="user">Who calls; null for nobody.</param>
    /// <param name="address">The client's address; behind a trusted proxy the one that the proxy names.</param>
    public static CallerKey Of(ClaimsPrincipal? user, IPAddress? address) =>
        CallerOf(user) is { UserId: var userId } ? new CallerKey(userId, IsUser: true) : new CallerKey(TextOf(address), IsUser: false);

    private static Caller? CallerOf(ClaimsPrincipal? user) => user switch
    {
        CallerPrincipal principal => principal.Caller,
        RefusedPrincipal refused => refused.Caller,
        _ => null,
    };

    /// <summary>An IPv4 address, or the first 64 bits of another one: whoever has one of these has all of that network.</summary>
    private static string TextOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.ToString();
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[AddressBytesOfANetwork..].Clear();
        return new IPAddress(bytes) + "/64";
    }
}
