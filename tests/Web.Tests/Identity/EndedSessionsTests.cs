using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Web.Gateway;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Tests.Identity;

/// <summary>A node that does not reach the list of ended sessions.</summary>
public sealed class EndedSessionsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_token_of_a_session_waits_for_the_list_and_is_then_not_judged_and_others_do_not_wait()
    {
        using var ended = Unreachable();
        var cache = new TokenCache([new Says("session", "sess_1"), new Says("none", null)], ended, _clock);

        var waiting = cache.ValidateAsync(Token("session"), default).AsTask();
        var (principal, _) = await cache.ValidateAsync(Token("none"), default);
        Assert.NotNull(principal);
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var (nobody, problem) = await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Null(nobody);
        Assert.Equal((503, "unavailable"), (problem!.Status, problem.Code));
    }

    [Fact]
    public async Task A_session_that_cannot_be_ended_for_all_is_not_ended_here_either()
    {
        using var ended = Unreachable();
        Assert.IsType<Unavailable>(await ended.EndAsync("sess_1"));
        Assert.False(ended.Has("sess_1"));
    }

    private EndedSessions Unreachable() => new(new EntityGateway(new ShardRegions(), new GatewayOptions(), _clock), _clock, NullLogger<EndedSessions>.Instance);

    private static string Token(string issuer) =>
        string.Join('.', new[] { """{"alg":"x"}""", $$"""{"iss":"{{issuer}}"}""", "signature" }.Select(part => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(part))));

    /// <summary>Takes every token.</summary>
    private sealed class Says(string issuer, string? session) : ITokenProvider
    {
        public string Issuer => issuer;

        public ValueTask<TokenVerdict> ValidateAsync(string token, CancellationToken cancellation) =>
            new(new TokenVerdict(new Caller("somebody", Role.User), DateTimeOffset.MaxValue, false) { SessionId = session });
    }
}
