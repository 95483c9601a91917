using System.Numerics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SimpleBase;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Wallets;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class WalletRoutesTests(ServerFixture server)
{
    private const string Challenge = "/api/wallet/challenge";
    private const string Verify = "/api/wallet/verify";

    [Fact]
    public async Task A_wallet_is_linked_by_its_signature_listed_with_what_it_holds_and_disconnected()
    {
        using var wallet = new TestWallet();
        var token = server.Token("holder");
        var linked = await wallet.LinkAsync(server, "holder");
        Assert.Equal((201, "/api/wallet"), (linked.Status, linked.Headers["Location"]));
        Assert.Equal(wallet.Address, linked.Json.GetProperty("address").GetString());
        var fresh = (await server.GetAsync("/api/wallet", token)).Json;
        Assert.Equal(("none", JsonValueKind.Null), (fresh.GetProperty("tier").GetString(), fresh.GetProperty("amount").ValueKind));

        await HoldAsync("holder", wallet.Address, 12_345_678_901);
        var list = (await server.GetAsync("/api/wallet", token)).Json;
        Assert.Equal("gold", list.GetProperty("tier").GetString());
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal(("12345678901", 6, "12345.678901"), (item.GetProperty("amount").GetString(), item.GetProperty("decimals").GetInt32(), item.GetProperty("display").GetString()));

        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/wallet/{wallet.Address}", null, token)).Status);
        Assert.Equal(0, (await server.GetAsync("/api/wallet", token)).Json.GetProperty("items").GetArrayLength());
        (await server.SendAsync(HttpMethod.Delete, $"/api/wallet/{wallet.Address}", null, token)).AssertProblem(404, "not_found");
        (await server.SendAsync(HttpMethod.Delete, "/api/wallet/nonsense", null, token)).AssertProblem(422, "invalid_address");
        Assert.Equal(201, (await wallet.LinkAsync(server, "holder")).Status);
    }

    [Fact]
    public async Task A_signature_may_come_as_base64_too()
    {
        using var wallet = new TestWallet();
        var message = await wallet.ChallengeAsync(server, Challenge, server.Token("base64"));
        Assert.Equal(201, (await server.PostAsync(Verify, wallet.Proof(message, Convert.ToBase64String(wallet.Sign(message))), server.Token("base64"))).Status);
    }

    [Fact]
    public async Task A_transaction_that_carries_the_message_links_a_wallet_once()
    {
        using var wallet = new TestWallet();
        var token = server.Token("hardware");
        var proof = wallet.TransactionProof(await wallet.ChallengeAsync(server, Challenge, token));
        Assert.Equal(wallet.Address, (await server.PostAsync(Verify, proof, token)).Json.GetProperty("address").GetString());
        (await server.PostAsync(Verify, proof, token)).AssertProblem(422, "challenge_used");
        var signIn = await wallet.ChallengeAsync(server, "/api/auth/wallet/challenge");
        Assert.Equal(200, (await server.PostAsync("/api/auth/wallet/verify", wallet.TransactionProof(signIn))).Status);
    }

    [Fact]
    public async Task A_transaction_that_does_more_than_carry_the_message_is_refused()
    {
        using var wallet = new TestWallet();
        var token = server.Token("hardware-victim");
        var message = await wallet.ChallengeAsync(server, Challenge, token);
        (await server.PostAsync(Verify, wallet.TransactionProof(message, transfer: true), token)).AssertProblem(422, "unexpected_instruction");
        (await server.PostAsync(Verify, JsonSerializer.Serialize(new { address = wallet.Address, transaction = "AQID" }), token)).AssertProblem(422, "malformed_transaction");
        using var other = new TestWallet();
        var stolen = wallet.TransactionProof(message).Replace(wallet.Address, other.Address, StringComparison.Ordinal);
        (await server.PostAsync(Verify, stolen, token)).AssertProblem(422, "wrong_address");
    }

    [Theory]
    [InlineData(Verify)]
    [InlineData("/api/auth/wallet/verify")]
    public async Task A_proof_is_a_signature_or_a_transaction_and_not_both(string path) => Assert.Equal(
        ["transaction"],
        (await server.PostAsync(path, """{"address":"x","message":"x","signature":"x","transaction":"x"}""", server.Token("u"))).AssertProblem(400, "validation_error").Keys);

    [Fact]
    public async Task A_user_id_of_any_characters_can_link_a_wallet()
    {
        using var wallet = new TestWallet();
        Assert.Equal(201, (await wallet.LinkAsync(server, "ünï cödé/🎤: 100%")).Status);
    }

    [Fact]
    public async Task A_wallet_of_somebody_else_is_taken()
    {
        using var wallet = new TestWallet();
        Assert.Equal(201, (await wallet.LinkAsync(server, "first")).Status);
        (await wallet.LinkAsync(server, "second")).AssertProblem(409, "wallet_taken");
        Assert.Equal(201, (await wallet.LinkAsync(server, "first")).Status);
    }

    [Fact]
    public async Task A_challenge_is_good_for_one_attempt_even_if_that_fails()
    {
        using var wallet = new TestWallet();
        var token = server.Token("once");
        var message = await wallet.ChallengeAsync(server, Challenge, token);
        (await server.PostAsync(Verify, wallet.Proof(message, Base58.Bitcoin.Encode(wallet.Sign("something else"))), token)).AssertProblem(422, "invalid_signature");
        (await server.PostAsync(Verify, wallet.Proof(message), token)).AssertProblem(422, "challenge_used");
    }

    [Fact]
    public async Task Of_many_uses_of_a_challenge_at_the_same_instant_one_counts()
    {
        using var wallet = new TestWallet();
        var token = server.Token("eager");
        var proof = wallet.Proof(await wallet.ChallengeAsync(server, Challenge, token));
        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.PostAsync(Verify, proof, token)));
        Assert.Single(responses, response => response.Status == 201);
        Assert.All(responses.Where(response => response.Status != 201), response => response.AssertProblem(422, "challenge_used"));
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_gets_the_first_answer()
    {
        using var wallet = new TestWallet();
        var token = server.Token("repeater");
        var body = JsonSerializer.Serialize(new { address = wallet.Address });
        var challenge = await server.PostAsync(Challenge, body, token, ("Idempotency-Key", "c1"));
        Assert.Equal(challenge.Body, (await server.PostAsync(Challenge, body, token, ("Idempotency-Key", "c1"))).Body);
        using var other = new TestWallet();
        (await server.PostAsync(Challenge, JsonSerializer.Serialize(new { address = other.Address }), token, ("Idempotency-Key", "c1"))).AssertProblem(409, "idempotency_mismatch");
        var proof = wallet.Proof(challenge.Json.GetProperty("message").GetString()!);
        Assert.Equal(201, (await server.PostAsync(Verify, proof, token, ("Idempotency-Key", "v1"))).Status);
        Assert.Equal(201, (await server.PostAsync(Verify, proof, token, ("Idempotency-Key", "v1"))).Status);
        (await server.PostAsync(Verify, proof, token, ("Idempotency-Key", "v2"))).AssertProblem(422, "challenge_used");
    }

    public static TheoryData<string> Refused => [.. Cases.Keys];

    private static readonly Dictionary<string, (string Code, string? Reason, Func<TestWallet, string, string> Bend)> Cases = new()
    {
        ["not a signature"] = ("invalid_signature", "malformed", (wallet, message) => wallet.Proof(message, "not a signature!")),
        ["a short signature"] = ("invalid_signature", "wrong_length", (wallet, message) => wallet.Proof(message, "abcd")),
        ["S plus the order"] = ("invalid_signature", "non_canonical_s", (wallet, message) => wallet.Proof(message, Malleable(wallet.Sign(message)))),
        ["R in a second form"] = ("invalid_signature", "non_canonical_r", (wallet, message) => wallet.Proof(message, Convert.ToBase64String([.. Enumerable.Repeat((byte)255, 32), .. wallet.Sign(message)[32..]]))),
        ["another key"] = ("invalid_signature", "mismatch", (wallet, message) => wallet.Proof(message, SignedByAnother(message))),
        ["another address"] = ("wrong_address", null, (wallet, message) => wallet.Proof(message, address: "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")),
        ["no address"] = ("invalid_address", null, (wallet, message) => wallet.Proof(message, address: "nonsense")),
        ["another domain"] = ("wrong_domain", null, (wallet, message) => wallet.Proof(message.Replace("localhost:0 wants", "wildnout.evil wants", StringComparison.Ordinal))),
        ["another user in the text"] = ("wrong_user", null, (wallet, message) => wallet.Proof(message.Replace("Request ID: victim", "Request ID: thief", StringComparison.Ordinal))),
        ["another statement"] = ("message_mismatch", null, (wallet, message) => wallet.Proof(message.Replace("Link", "Give", StringComparison.Ordinal))),
        ["a later beginning"] = ("not_yet_valid", null, (wallet, message) => wallet.Proof(message.Replace("Request ID", "Not Before: 2999-01-01T00:00:00.000Z\nRequest ID", StringComparison.Ordinal))),
        ["an earlier end"] = ("challenge_expired", null, (wallet, message) => wallet.Proof(Earlier(message))),
        ["no nonce"] = ("malformed_message", null, (wallet, message) => wallet.Proof(message[..message.IndexOf("\nNonce", StringComparison.Ordinal)])),
        ["no message"] = ("malformed_message", null, (wallet, _) => wallet.Proof("hello")),
        ["a nonce of nobody"] = ("challenge_unknown", null, (wallet, message) => wallet.Proof(System.Text.RegularExpressions.Regex.Replace(message, "Nonce: .*", $"Nonce: {Guid.NewGuid():N}"))),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Every_proof_that_does_not_hold_is_refused_with_its_own_error(string what)
    {
        var (code, reason, bend) = Cases[what];
        using var wallet = new TestWallet();
        var message = await wallet.ChallengeAsync(server, Challenge, server.Token("victim"));
        var details = (await server.PostAsync(Verify, bend(wallet, message), server.Token("victim"))).AssertProblem(422, code);
        Assert.Equal(reason, details.GetValueOrDefault("reason"));
        Assert.DoesNotContain((await server.GetAsync("/api/wallet", server.Token("victim"))).Json.GetProperty("items").EnumerateArray(), item => item.GetProperty("address").GetString() == wallet.Address);
    }

    [Fact]
    public async Task Another_user_s_challenge_and_a_sign_in_s_challenge_are_refused()
    {
        using var wallet = new TestWallet();
        var message = await wallet.ChallengeAsync(server, Challenge, server.Token("victim"));
        (await server.PostAsync(Verify, wallet.Proof(message), server.Token("thief"))).AssertProblem(422, "wrong_user");
        message = await wallet.ChallengeAsync(server, "/api/auth/wallet/challenge");
        (await server.PostAsync(Verify, wallet.Proof(message), server.Token("thief"))).AssertProblem(422, "wrong_purpose");
        message = await wallet.ChallengeAsync(server, Challenge, server.Token("victim"));
        (await server.PostAsync("/api/auth/wallet/verify", wallet.Proof(message))).AssertProblem(422, "wrong_purpose");
    }

    [Fact]
    public async Task Anybody_can_sign_for_the_system_program_and_so_nobody_may()
    {
        var system = new string('1', 32);
        var token = server.Token("forger");
        var challenge = await server.PostAsync(Challenge, JsonSerializer.Serialize(new { address = system }), token);
        Assert.Equal(200, challenge.Status);
        using var wallet = new TestWallet();
        var forged = Convert.ToBase64String([1, .. new byte[63]]);
        var proof = wallet.Proof(challenge.Json.GetProperty("message").GetString()!, forged, system);
        Assert.Equal("small_order_key", (await server.PostAsync(Verify, proof, token)).AssertProblem(422, "invalid_signature")["reason"]);
    }

    [Theory]
    [InlineData(Challenge, "{}", "address")]
    [InlineData(Verify, "{}", "address,message,signature")]
    [InlineData(Challenge, """{"address":1}""", "address")]
    [InlineData(Challenge, """{"address":"x","more":1}""", "more")]
    public async Task A_faulty_body_is_refused_field_by_field(string path, string body, string fields) =>
        Assert.Equal(fields.Split(','), (await server.PostAsync(path, body, server.Token("u"))).AssertProblem(400, "validation_error").Keys.Order());

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("0OIl")]
    public async Task A_challenge_needs_an_address(string address) =>
        (await server.PostAsync(Challenge, JsonSerializer.Serialize(new { address }), server.Token("u"))).AssertProblem(422, "invalid_address");

    private async Task HoldAsync(string user, string address, ulong amount) => Assert.IsType<Done>(
        await server.Services.GetRequiredService<EntityGateway>().AskAsync(WalletRegions.OfUser(user), new SetHoldings(address, amount, 10, 6)));

    private static string Malleable(byte[] signature)
    {
        var order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");
        (new BigInteger(signature.AsSpan(32), isUnsigned: true) + order).TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);
        return Base58.Bitcoin.Encode(signature);
    }

    private static string SignedByAnother(string message)
    {
        using var other = new TestWallet();
        return Base58.Bitcoin.Encode(other.Sign(message));
    }

    private static string Earlier(string message) =>
        System.Text.RegularExpressions.Regex.Replace(message, "Expiration Time: .*", "Expiration Time: 2020-01-01T00:00:00.000Z");
}
