using System.Net.Http.Headers;
using System.Text;

namespace WildNOut.Chain.Rpc;

/// <summary>The name and password in an address, as the header that carries them (RFC 7617).</summary>
internal static class BasicAuthorization
{
    /// <summary>The header's value.</summary>
    public static AuthenticationHeaderValue Of(Uri address) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
}
