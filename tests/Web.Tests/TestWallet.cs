using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;
using SimpleBase;

namespace WildNOut.Web.Tests;

/// <summary>A wallet with a key of its own.</summary>
internal sealed class TestWallet : IDisposable
{
    private readonly Key _key = Key.Import(SignatureAlgorithm.Ed25519, RandomNumberGenerator.GetBytes(32), KeyBlobFormat.RawPrivateKey);

    public string Address => Base58.Bitcoin.Encode(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public byte[] Sign(string message) => SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(message));

    /// <summary>Gets a challenge's message.</summary>
    public async Task<string> ChallengeAsync(ServerFixture server, string path, string? token = null)
    {
        var response = await server.PostAsync(path, JsonSerializer.Serialize(new { address = Address }), token);
        Assert.Equal((200, response.Body), (response.Status, response.Body));
        return response.Json.GetProperty("message").GetString()!;
    }

    /// <summary>The body that answers a challenge.</summary>
    public string Proof(string message, string? signature = null, string? address = null) =>
        JsonSerializer.Serialize(new { address = address ?? Address, signature = signature ?? Base58.Bitcoin.Encode(Sign(message)), message });

    public async Task<Response> LinkAsync(ServerFixture server, string user) =>
        await server.PostAsync("/api/wallet/verify", Proof(await ChallengeAsync(server, "/api/wallet/challenge", server.Token(user))), server.Token(user));

    public async Task<Response> SignInAsync(ServerFixture server) =>
        await server.PostAsync("/api/auth/wallet/verify", Proof(await ChallengeAsync(server, "/api/auth/wallet/challenge")));

    public void Dispose() => _key.Dispose();
}
