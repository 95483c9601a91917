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

    public byte[] Sign(string message) => Sign(Encoding.UTF8.GetBytes(message));

    private byte[] Sign(byte[] message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

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

    /// <summary>The body that answers a challenge with a signed transaction whose memo is the message.</summary>
    /// <param name="message">The text of the memo.</param>
    /// <param name="transfer">Whether it moves a lamport as well.</param>
    public string TransactionProof(string message, bool transfer = false)
    {
        var memo = Encoding.UTF8.GetBytes(message);
        string[] keys = [Address, "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", "11111111111111111111111111111111"];
        byte[] signed =
        [
            1, 0, 2,
            (byte)keys.Length, .. keys.SelectMany(key => Base58.Bitcoin.Decode(key)),
            .. RandomNumberGenerator.GetBytes(32),
            (byte)(transfer ? 2 : 1),
            1, 0, (byte)(memo.Length & 0x7F | 0x80), (byte)(memo.Length >> 7), .. memo,
            .. transfer ? (byte[])[2, 2, 0, 1, 12, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0] : [],
        ];
        return JsonSerializer.Serialize(new { address = Address, transaction = Convert.ToBase64String([1, .. Sign(signed), .. signed]) });
    }

    public async Task<Response> LinkAsync(ServerFixture server, string user) =>
        await server.PostAsync("/api/wallet/verify", Proof(await ChallengeAsync(server, "/api/wallet/challenge", server.Token(user))), server.Token(user));

    public async Task<Response> SignInAsync(ServerFixture server) =>
        await server.PostAsync("/api/auth/wallet/verify", Proof(await ChallengeAsync(server, "/api/auth/wallet/challenge")));

    public void Dispose() => _key.Dispose();
}
