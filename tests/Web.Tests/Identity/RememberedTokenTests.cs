using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Web.Identity;
using Xunit.Abstractions;

namespace WildNOut.Web.Tests.Identity;

/// <summary>What a token costs once it is known. The figures go to the output; what is asserted does not depend on the machine.</summary>
public sealed class RememberedTokenTests(ClerkServer server, ITestOutputHelper output) : IClassFixture<ClerkServer>
{
    private const int Tokens = 500;
    private const int Rounds = 400;

    [Fact]
    public async Task A_remembered_token_is_found_without_a_fetch_a_wait_or_an_allocation()
    {
        var cache = server.Services.GetRequiredService<TokenCache>();
        var clerk = server.Services.GetServices<ITokenProvider>().Single(provider => provider.Issuer == server.Issuer.Address);
        string[] tokens = [.. Enumerable.Range(0, Tokens).Select(number => server.Issuer.Token("one", ("sub", $"user_{number}"), ("sid", $"sess_{number}")))];
        foreach (var token in tokens)
        {
            Assert.NotNull((await cache.ValidateAsync(token, default)).Principal);
        }

        var validated = Stopwatch.GetTimestamp();
        foreach (var token in tokens)
        {
            Assert.NotNull((await clerk.ValidateAsync(token, default)).Caller);
        }

        output.WriteLine($"Validated: {Stopwatch.GetElapsedTime(validated).TotalMicroseconds / Tokens:N1} µs a token");
        Assert.Equal(Tokens * Rounds, Find(cache, tokens));
        var (found, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(Tokens * Rounds, Find(cache, tokens));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        output.WriteLine($"Remembered: {Stopwatch.GetElapsedTime(found).TotalMicroseconds / (Tokens * Rounds):N2} µs a token of {tokens[0].Length} characters, {allocated} bytes in all");
        Assert.InRange(allocated, 0, 1_000);
    }

    private static int Find(TokenCache cache, string[] tokens)
    {
        var found = 0;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var token in tokens)
            {
                found += cache.Find(token) is null ? 0 : 1;
            }
        }

        return found;
    }
}
