using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WildNOut.Web.Identity.Clerk;

namespace WildNOut.Web.Tests.Identity;

public sealed class SigningKeysTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Issuer _issuer;
    private readonly KeyHandler _server;
    private readonly SigningKeys _keys;
    private string? _instead;

    public SigningKeysTests()
    {
        _issuer = new Issuer("https://clerk.example", _clock).Add("one");
        _server = new KeyHandler(() => _instead ?? _issuer.Keys);
        _keys = new SigningKeys(
            new Uri("https://clerk.example/.well-known/jwks.json"),
            new HttpClient(_server) { MaxResponseContentBufferSize = SigningKeys.MaxBytes },
            _clock,
            NullLogger<SigningKeys>.Instance);
    }

    public void Dispose()
    {
        _server.Dispose();
        _issuer.Dispose();
    }

    [Fact]
    public async Task A_known_key_costs_no_fetch_and_no_wait()
    {
        Assert.NotNull((await _keys.FindAsync("one", default)).Key);
        for (var time = 0; time < 100; time++)
        {
            Assert.True(_keys.FindAsync("one", default).AsTask().IsCompletedSuccessfully);
        }

        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task Many_who_need_keys_at_once_share_one_fetch_and_hold_no_thread()
    {
        var release = _server.Hold();
        var finds = Enumerable.Range(0, 500).Select(_ => _keys.FindAsync("one", default).AsTask()).ToArray();
        Assert.DoesNotContain(finds, find => find.IsCompleted);
        release();
        Assert.All(await Task.WhenAll(finds), found => Assert.NotNull(found.Key));
        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task A_storm_of_unknown_keys_makes_one_fetch_in_each_cool_down()
    {
        await _keys.FindAsync("one", default);
        for (var round = 1; round <= 3; round++)
        {
            var found = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => _keys.FindAsync($"unknown-{round}-{number}", default).AsTask()));
            Assert.All(found, one => Assert.Equal(new SigningKey(null, true), one));
            Assert.Equal(round, _server.Requests);
            _clock.Advance(SigningKeys.CoolDown);
        }
    }

    [Fact]
    public async Task A_new_key_is_found_once_the_cool_down_is_over()
    {
        await _keys.FindAsync("one", default);
        _issuer.Add("two");
        Assert.Null((await _keys.FindAsync("two", default)).Key);
        _clock.Advance(SigningKeys.CoolDown);
        Assert.NotNull((await _keys.FindAsync("two", default)).Key);
    }

    [Fact]
    public async Task Old_keys_are_renewed_without_anybody_waiting()
    {
        await _keys.FindAsync("one", default);
        _clock.Advance(SigningKeys.FreshFor + TimeSpan.FromSeconds(1));
        var release = _server.Hold();
        Assert.True(_keys.FindAsync("one", default).AsTask().IsCompletedSuccessfully);
        Assert.Equal(2, _server.Requests);
        release();
    }

    [Theory]
    [InlineData("<html>Sorry</html>")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","kid":"one","k":"c2VjcmV0"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"one","n":"not base64!","e":"AQAB"}]}""")]
    [InlineData("too large")]
    public async Task Keys_that_cannot_be_had_leave_the_old_ones(string answer)
    {
        await _keys.FindAsync("one", default);
        _instead = answer == "too large" ? $$"""{"keys":[],"x":"{{new string('x', SigningKeys.MaxBytes)}}"}""" : answer;
        _clock.Advance(SigningKeys.FreshFor + TimeSpan.FromSeconds(1));

        Assert.Equal(new SigningKey(null, false), await _keys.FindAsync("unknown", default));
        Assert.NotNull((await _keys.FindAsync("one", default)).Key);
        Assert.Equal(2, _server.Requests);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        _ = _server.Hold();
        var find = _keys.FindAsync("one", default).AsTask();
        Assert.False(find.IsCompleted);
        _clock.Advance(SigningKeys.Patience);
        Assert.Equal(new SigningKey(null, false), await find.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Weak_keys_and_keys_for_other_ends_are_not_taken()
    {
        _issuer.Add("weak", bits: 1_024);
        _instead = _issuer.Keys.Replace("\"use\":\"sig\",\"kty\":\"RSA\",\"kid\":\"one\"", "\"use\":\"enc\",\"kty\":\"RSA\",\"kid\":\"one\"", StringComparison.Ordinal);
        Assert.NotEqual(_issuer.Keys, _instead);
        Assert.Null((await _keys.FindAsync("weak", default)).Key);
        Assert.Null((await _keys.FindAsync("one", default)).Key);
    }
}
