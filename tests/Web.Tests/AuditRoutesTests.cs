using System.Text.Json;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Audit;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Web.Configuration;
using WildNOut.Web.Operations;
using LinqToDB.Data;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class AuditRoutesTests(ServerFixture server)
{
    private string Admin => server.Token("root", Role.Admin);

    [Fact]
    public async Task What_a_moderator_does_to_an_entry_is_there_before_and_after_it_is_done()
    {
        var entry = await EnterAsync(server);
        Assert.Equal(200, (await JudgeAsync(server, entry, "audit-mod", "reject", ("X-Request-ID", "audit-request"))).Status);
        var (intended, done) = await BothAsync($"targetType=entry&targetId={entry}");
        Assert.Equal(
            ("audit-mod", "moderator", "entry.reject", "entry", entry, "audit-request", "intended"),
            (Text(intended, "actor"), Text(intended, "role"), Text(intended, "action"), Text(intended, "targetType"), Text(intended, "targetId"), Text(intended, "requestId"), Text(intended, "result")));
        Assert.Equal("because", intended.GetProperty("details").GetProperty("reason").GetString());
        Assert.Contains(Text(intended, "address"), new[] { "127.0.0.1", "::ffff:127.0.0.1" });
        Assert.Equal(("succeeded", "audit-request"), (Text(done, "result"), Text(done, "requestId")));

        Assert.Equal(409, (await JudgeAsync(server, entry, "audit-mod", "approve", ("X-Request-ID", "audit-again"))).Status);
        var (_, refused) = await BothAsync($"targetId={entry}&action=entry.approve");
        Assert.Equal(("refused", "not_pending"), (Text(refused, "result"), refused.GetProperty("details").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_moderator_s_moves_of_a_battle_are_recorded_and_its_creator_s_own_are_not()
    {
        var battle = (await server.CreateBattleAsync("audit-creator")).GetProperty("id").GetString();
        Assert.Equal(200, (await server.PostAsync($"/api/battles/{battle}/status", """{"status":"voting"}""", server.Token("audit-creator"))).Status);
        Assert.InRange((await server.PostAsync($"/api/battles/{battle}/status", """{"status":"completed"}""", server.Token("audit-mover", Role.Moderator))).Status, 200, 202);
        var (intended, done) = await BothAsync($"targetId={battle}");
        Assert.Equal(("battle.move", "audit-mover", "completed"), (Text(intended, "action"), Text(intended, "actor"), intended.GetProperty("details").GetProperty("to").GetString()));
        Assert.Equal("succeeded", Text(done, "result"));
    }

    [Fact]
    public async Task What_an_admin_does_to_a_user_is_recorded_and_the_user_hears_of_it()
    {
        Assert.Equal(200, (await server.GetAsync("/api/users/me", server.Token("audit-user"))).Status);
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Put, "/api/admin/users/audit-user/role", """{"role":"moderator"}""", Admin)).Status);
        Assert.Equal(200, (await server.PostAsync("/api/admin/users/audit-user/points", """{"amount":7,"reason":"a bug found"}""", Admin)).Status);
        (await server.PostAsync("/api/admin/users/audit-user/points", """{"amount":70,"reason":"too much","type":"debit"}""", Admin)).AssertProblem(409, "insufficient_points");
        var entries = await EntriesAsync("targetType=user&targetId=audit-user", 6);
        Assert.Equal(
            [
                ("points.award", "intended", "7"), ("points.award", "succeeded", "7"), ("points.deduct", "intended", "70"), ("points.deduct", "refused", "70"), ("user.grant-role", "intended", null), ("user.grant-role", "succeeded", null),
            ],
            entries.Select(entry => (Text(entry, "action"), Text(entry, "result"), entry.GetProperty("details").TryGetProperty("amount", out var amount) ? amount.GetString() : null)).Order());

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await server.GetAsync("/api/notifications", server.Token("audit-user"))).Json.GetProperty("items").EnumerateArray().Select(item => Text(item, "kind")).Intersect(["roleGranted", "pointsChanged"]).Count() < 2)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    [Fact]
    public async Task Linking_and_giving_up_a_wallet_and_signing_in_with_it_are_recorded_whether_they_succeed_or_not()
    {
        using var wallet = new TestWallet();
        Assert.Equal(201, (await wallet.LinkAsync(server, "audit-holder")).Status);
        (await wallet.LinkAsync(server, "audit-thief")).AssertProblem(409, "wallet_taken");
        var message = await wallet.ChallengeAsync(server, "/api/auth/wallet/challenge", null);
        Assert.Equal(200, (await server.PostAsync("/api/auth/wallet/verify", wallet.Proof(message))).Status);
        (await server.PostAsync("/api/auth/wallet/verify", wallet.Proof(message))).AssertProblem(422, "challenge_used");
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/wallet/{wallet.Address}", null, server.Token("audit-holder"))).Status);

        var entries = await EntriesAsync($"targetType=wallet&targetId={wallet.Address}", 5);
        Assert.Equal(
            [
                ("auth.sign-in", null, "refused"), ("auth.sign-in", "audit-holder", "succeeded"), ("wallet.disconnect", "audit-holder", "succeeded"), ("wallet.link", "audit-holder", "succeeded"), ("wallet.link", "audit-thief", "refused"),
            ],
            entries.Select(entry => (Text(entry, "action"), Text(entry, "actor"), Text(entry, "result"))).Order());
    }

    [Fact]
    public async Task The_log_is_for_admins_and_bad_input_is_refused_by_field()
    {
        foreach (var path in new[] { "", "/export", "/head" })
        {
            (await server.GetAsync("/api/admin/audit" + path, server.Token("mod", Role.Moderator))).AssertProblem(403, "forbidden");
        }

        foreach (var (query, field) in new[] { ("from=yesterday", "from"), ("to=2026-01-01T00:00:00", "to"), ("result=x", "result"), ("limit=0", "limit"), ("cursor=x", "cursor"), ("action=", "action"), ("actor=%00", "actor") })
        {
            Assert.Contains(field, (await server.GetAsync("/api/admin/audit?" + query, Admin)).AssertProblem(400, "validation_error").Keys);
        }

        (await server.GetAsync("/api/admin/audit/export?from=x", Admin)).AssertProblem(400, "validation_error");
    }

    [Fact]
    public async Task An_export_holds_every_entry_with_a_chain_that_anybody_can_follow_and_is_recorded_itself()
    {
        await JudgeAsync(server, await EnterAsync(server), "export-mod", "approve");
        await EntriesAsync("actor=export-mod", 2);
        var export = await server.GetAsync("/api/admin/audit/export", server.Token("exporter", Role.Admin));
        Assert.Equal((200, "application/x-ndjson"), (export.Status, export.Headers["Content-Type"]));
        var entries = export.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize(line, AuditJson.Default.AuditEntryView)!).ToList();
        Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(entry => (int)entry.Number));
        var hash = AuditHash.Genesis;
        foreach (var entry in entries)
        {
            var role = entry.Role is not null && WireEnum<Role>.TryParse(entry.Role, out var named) ? named : (Role?)null;
            Assert.True(WireEnum<AuditResult>.TryParse(entry.Result, out var result));
            hash = AuditHash.Of(hash, entry.Number, entry.RecordedAt, new AuditedAction(
                entry.Id, entry.At, entry.Actor, role, entry.Action, entry.TargetType, entry.TargetId, entry.Address, entry.RequestId, result, entry.Details));
            Assert.Equal(entry.Hash, hash);
        }

        await EntriesAsync("actor=exporter&action=audit.export", 2);
        var head = (await server.GetAsync("/api/admin/audit/head", Admin)).Json;
        Assert.True(head.GetProperty("number").GetInt64() > entries.Count);
    }

    internal static async Task<string> EnterAsync(ServerFixture server)
    {
        var battle = (await server.CreateBattleAsync("host")).GetProperty("id").GetString();
        var entry = await server.PostAsync($"/api/battles/{battle}/entries", """{"content":{"type":"text","text":"bars"}}""", server.Token("entrant"));
        return entry.Json.GetProperty("id").GetString()!;
    }

    internal static Task<Response> JudgeAsync(ServerFixture server, string entry, string moderator, string action, params (string, string)[] headers) =>
        server.PostAsync($"/api/moderation/entry/{entry}", $$"""{"action":"{{action}}","reason":"because"}""", server.Token(moderator, Role.Moderator), headers);

    private async Task<(JsonElement Intended, JsonElement Done)> BothAsync(string query)
    {
        var entries = await EntriesAsync(query, 2);
        return (entries[1], entries[0]);
    }

    /// <summary>The newest entries, once there are so many.</summary>
    private async Task<List<JsonElement>> EntriesAsync(string query, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var page = await server.GetAsync("/api/admin/audit?" + query, Admin);
            Assert.Equal(200, page.Status);
            var items = page.Json.GetProperty("items").EnumerateArray().ToList();
            if (items.Count >= count)
            {
                Assert.Equal(count, items.Count);
                return items;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    private static string? Text(JsonElement entry, string name) => entry.GetProperty(name).GetString();
}

/// <summary>A node of its own, whose audit log is taken away.</summary>
public sealed class AuditOutageTests
{
    [Fact]
    public async Task What_cannot_be_recorded_is_not_done_by_moderators_and_what_users_do_with_their_own_is_recorded_later()
    {
        var server = new ImpatientServer();
        await server.InitializeAsync();
        try
        {
            var entry = await AuditRoutesTests.EnterAsync(server);
            using var wallet = new TestWallet();
            var regions = server.Services.GetRequiredService<ShardRegions>();
            var log = regions[Names.Regions.Audit];
            regions.Add(Names.Regions.Audit, server.Services.GetRequiredService<ActorSystem>().DeadLetters);
            var refused = await AuditRoutesTests.JudgeAsync(server, entry, "mod", "reject");
            refused.AssertProblem(503, "unavailable");
            Assert.True(refused.Headers.ContainsKey("Retry-After"));
            Assert.Equal("pending", (await server.GetAsync($"/api/entries/{entry}")).Json.GetProperty("moderation").GetProperty("status").GetString());
            Assert.Equal(201, (await wallet.LinkAsync(server, "holder")).Status);

            regions.Add(Names.Regions.Audit, log);
            Assert.Equal(200, (await AuditRoutesTests.JudgeAsync(server, entry, "mod", "reject")).Status);
            var admin = server.Token("root", Role.Admin);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while ((await server.GetAsync($"/api/admin/audit?targetId={wallet.Address}", admin)).Json.GetProperty("items").GetArrayLength() == 0)
            {
                await Task.Delay(50, patience.Token);
            }

            Assert.Equal(1, (await server.GetAsync($"/api/admin/audit?targetId={wallet.Address}", admin)).Json.GetProperty("items").GetArrayLength());
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private sealed class ImpatientServer : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["ASK_TIMEOUT"] = "1s" };
    }
}

/// <summary>The verb on a node's database, while it runs.</summary>
[Collection(OneServer.Name)]
public sealed class VerifyAuditTests(ServerFixture server)
{
    [Fact]
    public async Task The_verb_says_whether_the_log_is_as_it_was_recorded()
    {
        await AuditRoutesTests.JudgeAsync(server, await AuditRoutesTests.EnterAsync(server), "verify-mod", "approve");
        var options = server.Services.GetRequiredService<ServerOptions>();
        var (code, said, _) = await RunAsync(options);
        Assert.Equal(0, code);
        Assert.EndsWith("The audit log is as it was recorded.\n", said, StringComparison.Ordinal);
        var head = said.Split("head ")[1].Split('\n')[0];
        Assert.Equal(0, (await RunAsync(options, head)).Code);
        Assert.Equal(2, (await RunAsync(options, "nonsense")).Code);
        Assert.Equal(2, (await RunAsync(options with { DatabaseUrl = "postgresql://nobody@127.0.0.1:1/nothing" })).Code);

        var (other, wrong, _) = await RunAsync(options, $"1:{AuditHash.Genesis}");
        Assert.Equal(1, other);
        Assert.Contains("entry 1 with another hash", wrong, StringComparison.Ordinal);

        await using var connection = server.Services.GetRequiredService<ReadModelDatabase>().Open();
        Assert.Equal(1, await connection.ExecuteAsync("update audit_log set action = action || 'x' where number = 1"));
        var (changed, named, _) = await RunAsync(options);
        Assert.Equal(1, await connection.ExecuteAsync("update audit_log set action = substr(action, 1, length(action) - 1) where number = 1"));
        Assert.Equal(1, changed);
        Assert.Contains("table: entry 1 was changed (action)", named, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said, string Error)> RunAsync(ServerOptions options, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        return (await VerifyAudit.RunAsync(arguments, options, output, error), output.ToString(), error.ToString());
    }
}
