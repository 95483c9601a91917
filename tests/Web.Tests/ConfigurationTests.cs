using System.Diagnostics;
using WildNOut.Chain;
using WildNOut.Chain.Devnet;
using WildNOut.Web.Configuration;
using WildNOut.Web.Identity.Clerk;
using WildNOut.Web.Limits;

namespace WildNOut.Web.Tests;

public sealed class ConfigurationTests
{
    private const string Mint = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    private static readonly string Secret = new('s', 32);

    [Fact]
    public void A_fresh_clone_needs_nothing_in_development()
    {
        var (options, faults) = ServerOptionsReader.Read(_ => null, development: true);
        Assert.Empty(faults);
        Assert.Equal(("127.0.0.1", 8080, "/api", "sqlite:data/wildnout.db", true), (options.Host.ToString(), options.Port, options.ApiPrefix, options.DatabaseUrl, options.Demo));
    }

    [Fact]
    public void Production_needs_a_secret_and_has_no_demo()
    {
        Assert.Contains("JWT_SECRET", Assert.Single(Faults([], development: false)), StringComparison.Ordinal);
        Assert.Single(Faults([("JWT_SECRET", ServerOptions.DevelopmentSecret)], development: false));
        Assert.Single(Faults([("JWT_SECRET", "short")], development: false));
        var (options, faults) = Read([("JWT_SECRET", Secret)], development: false);
        Assert.Empty(faults);
        Assert.False(options.Demo);
        Assert.Equal("0.0.0.0", options.Host.ToString());
    }

    [Theory]
    [InlineData("PORT", "99999")]
    [InlineData("PORT", "eighty")]
    [InlineData("HOST", "not an address")]
    [InlineData("API_PREFIX", "api v1")]
    [InlineData("DATABASE_URL", "mysql://x")]
    [InlineData("DATABASE_URL", "sqlite:")]
    [InlineData("DB_POOL_SIZE", "0")]
    [InlineData("BALLOT_BOXES", "0")]
    [InlineData("BALLOT_BOXES", "65")]
    [InlineData("JWT_EXPIRES_IN", "soon")]
    [InlineData("PUBLIC_URL", "example.org")]
    [InlineData("PUBLIC_URL", "ftp://example.org")]
    [InlineData("PUBLIC_URL", "https://example.org/?x=1")]
    [InlineData("CORS_ORIGIN", "example.org")]
    [InlineData("CLERK_ISSUER", "clerk.example.org")]
    [InlineData("CLERK_ISSUER", "ftp://clerk.example.org")]
    [InlineData("CLERK_ISSUER", "https://clerk.example.org/?x=1")]
    [InlineData("CLERK_JWKS_URL", "jwks.json")]
    [InlineData("CLERK_AUTHORIZED_PARTIES", "app.example.org")]
    [InlineData("CLERK_AUTHORIZED_PARTIES", "*")]
    [InlineData("CLERK_ROLE_CLAIM", "metadata..role")]
    [InlineData("CLERK_ROLE_CLAIM", "a.b.c.d.e")]
    [InlineData("CLERK_WEBHOOK_SECRET", "whsec_short")]
    [InlineData("CLERK_WEBHOOK_SECRET", "c2VjcmV0LW9mLXRoZS13ZWJob29rLXRlc3Rz")]
    [InlineData("CORS_ORIGIN", "https://example.org/")]
    [InlineData("CORS_ORIGIN", "https://example.org,*")]
    [InlineData("RATE_LIMIT_MAX", "0")]
    [InlineData("RATE_LIMIT_MAX", "many")]
    [InlineData("RATE_LIMIT_WINDOW", "60000")]
    [InlineData("RATE_LIMIT_WINDOW", "0")]
    [InlineData("AUTH_RATE_LIMIT_MAX", "-1")]
    [InlineData("AUTH_RATE_LIMIT_WINDOW", "2h")]
    [InlineData("TRUSTED_PROXIES", "10.0.0.0/99")]
    [InlineData("LOG_LEVEL", "chatty")]
    [InlineData("DEMO", "maybe")]
    [InlineData("CLUSTER_PORT", "-1")]
    [InlineData("CLUSTER_SEEDS", "nowhere")]
    [InlineData("CLUSTER_ROLES", "web,dancer")]
    [InlineData("WILDNOUT_HOCON", "/no/such/file")]
    [InlineData("TOKEN_MINT_ADDRESS", "too-short")]
    [InlineData("TOKEN_MINT_ADDRESS", "0OIl1111111111111111111111111111111111111111")]
    [InlineData("TOKEN_MINT_ADDRESS", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("TOKEN_MINT_ADDRESS", "11111111111111111111111111111111111111111111")]
    [InlineData("SOLANA_RPC_URLS", "example.org")]
    [InlineData("SOLANA_RPC_URLS", "https://a.example,wss://b.example")]
    [InlineData("SOLANA_FALLBACK_RPC_URLS", "ftp://a.example")]
    [InlineData("SOLANA_WS_URL", "https://a.example")]
    [InlineData("SOLANA_WS_URL", "wss://a.example,wss://b.example")]
    [InlineData("SOLANA_RPC_LIMIT", "-1")]
    [InlineData("SOLANA_RPC_METHOD_LIMIT", "many")]
    [InlineData("SOLANA_CHAIN_ID", "moonnet")]
    [InlineData("SOLANA_CHAIN_ID", "solana:mainnet")]
    [InlineData("INGEST_MODE", "logs")]
    [InlineData("INGEST_FROM_SLOT", "-5")]
    [InlineData("TOKEN_POOLS", "pool")]
    [InlineData("PRICE_FEEDS", "birdeye")]
    [InlineData("PRICE_FEEDS", "jupiter=nowhere")]
    [InlineData("PRICE_FEEDS", "jupiter,Jupiter")]
    public void A_fault_names_its_setting(string name, string value) =>
        Assert.Contains(Faults([(name, value)]), fault => fault.StartsWith(name + ":", StringComparison.Ordinal));

    [Fact]
    public void The_public_address_is_known_in_development_and_must_be_told_elsewhere()
    {
        Assert.Equal("localhost:81", Read([("PORT", "81")], development: true).Options.PublicUrl!.Authority);
        Assert.Null(Read([("JWT_SECRET", Secret)], development: false).Options.PublicUrl);
        Assert.Equal("wildnout.example", Read([("JWT_SECRET", Secret), ("PUBLIC_URL", "https://wildnout.example")], development: false).Options.PublicUrl!.Authority);
    }

    [Fact]
    public void Nobody_signs_in_with_Clerk_unless_it_is_set_up()
    {
        Assert.Null(Read([], development: true).Options.Clerk);
        Assert.Null(Read([("JWT_SECRET", Secret)], development: false).Options.Clerk);
    }

    [Fact]
    public void Clerk_is_known_by_its_issuer_and_has_its_keys_beside_it()
    {
        var (options, faults) = Read(
            [("JWT_SECRET", Secret), ("CLERK_ISSUER", "https://clerk.example.org/"), ("CLERK_AUTHORIZED_PARTIES", "https://a.example, https://b.example"), ("CLERK_WEBHOOK_SECRET", "whsec_c2VjcmV0LW9mLXRoZS13ZWJob29rLXRlc3Rz")],
            development: false);
        Assert.Empty(faults);
        var clerk = options.Clerk!;
        Assert.Equal(("https://clerk.example.org", "https://clerk.example.org/.well-known/jwks.json"), (clerk.Issuer, clerk.Keys.AbsoluteUri));
        Assert.Equal(["https://a.example", "https://b.example"], clerk.AuthorizedParties);
        Assert.Equal(["metadata", "role"], clerk.RoleClaim);
        Assert.Equal("secret-of-the-webhook-tests"u8.ToArray(), clerk.WebhookKey!);
        var elsewhere = Read([("CLERK_ISSUER", "http://localhost:9000"), ("CLERK_JWKS_URL", "http://localhost:9001/keys"), ("CLERK_ROLE_CLAIM", "o.rol")], development: true).Options.Clerk!;
        Assert.Equal(("http://localhost:9001/keys", 0, null), (elsewhere.Keys.AbsoluteUri, elsewhere.AuthorizedParties.Count, elsewhere.WebhookKey));
        Assert.Equal(["o", "rol"], elsewhere.RoleClaim);
    }

    [Fact]
    public void Production_takes_no_token_of_any_page_no_plain_http_and_no_secret_that_everybody_knows()
    {
        var faults = Faults(
            [("JWT_SECRET", Secret), ("CLERK_ISSUER", "http://clerk.example.org"), ("CLERK_WEBHOOK_SECRET", WebhookSignature.PublicExample)], development: false);
        Assert.Equal(["CLERK_AUTHORIZED_PARTIES", "CLERK_ISSUER", "CLERK_WEBHOOK_SECRET"], faults.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.Contains(WebhookSignature.PublicExample, StringComparison.Ordinal));
        Assert.Empty(Faults([("CLERK_ISSUER", "http://clerk.example.org"), ("CLERK_WEBHOOK_SECRET", WebhookSignature.PublicExample)]));
    }

    [Fact]
    public void Settings_of_Clerk_without_an_issuer_are_faults()
    {
        var faults = Faults([("CLERK_JWKS_URL", "https://a.example"), ("CLERK_AUTHORIZED_PARTIES", "https://a.example"), ("CLERK_ROLE_CLAIM", "role"), ("CLERK_WEBHOOK_SECRET", "whsec_c2VjcmV0LW9mLXRoZS13ZWJob29rLXRlc3Rz")]);
        Assert.Equal(4, faults.Count);
        Assert.All(faults, fault => Assert.StartsWith("CLERK_ISSUER: is missing", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Limits_are_those_of_the_platform_unless_told_otherwise()
    {
        var usual = new LimitRules(Read([], development: true).Options.Limits);
        Assert.Equal(
            [("default", 100, 60), ("battles", 200, 60), ("content", 200, 60), ("feed", 150, 60), ("auth", 5, 60)],
            usual.All.Select(rule => (rule.Name, rule.Max, (int)rule.Window.TotalSeconds)));
        var (options, faults) = Read(
            [("RATE_LIMIT_MAX", "30"), ("RATE_LIMIT_WINDOW", "10"), ("AUTH_RATE_LIMIT_MAX", "7"), ("AUTH_RATE_LIMIT_WINDOW", "5m")], development: true);
        Assert.Empty(faults);
        Assert.Equal(
            [("default", 30, 10), ("battles", 60, 10), ("content", 60, 10), ("feed", 45, 10), ("auth", 7, 300)],
            new LimitRules(options.Limits).All.Select(rule => (rule.Name, rule.Max, (int)rule.Window.TotalSeconds)));
    }

    [Theory]
    [InlineData("auth", "auth", "refresh")]
    [InlineData("default", "auth", "dev", "token")]
    [InlineData("default", "auth", "csrf")]
    [InlineData("auth", "wallet", "challenge")]
    [InlineData("auth", "wallet", "verify")]
    [InlineData("default", "wallet", null)]
    [InlineData("default", "wallet")]
    [InlineData("battles", "battles", null, "votes")]
    [InlineData("battles", "entries", null)]
    [InlineData("content", "content")]
    [InlineData("feed", "feed")]
    [InlineData("default", "users", "me")]
    [InlineData("default")]
    public void A_route_is_limited_by_its_first_segments(string rule, params string?[] path) =>
        Assert.Equal(rule, new LimitRules(new LimitOptions()).Of(path).Name);

    [Fact]
    public void Sqlite_takes_no_other_nodes() =>
        Assert.Contains("PostgreSQL", Assert.Single(Faults([("CLUSTER_SEEDS", "127.0.0.1:8110,127.0.0.1:8111")])), StringComparison.Ordinal);

    [Fact]
    public void A_fresh_clone_has_a_devnet_and_production_has_no_chain()
    {
        var devnet = Read([], development: true).Options.Chain!;
        Assert.Equal((true, DevnetMint.Address, 0), (devnet.Devnet, devnet.Mint, devnet.Rpc.CallsPerWindow));
        Assert.Equal(["jupiter", "dexscreener", "hermes", "coingecko"], devnet.PriceFeeds.Select(feed => feed.Name));
        Assert.True(SolanaAddress.IsValid(DevnetMint.Address));
        Assert.Null(Read([("DEMO", "off")], development: true).Options.Chain);
        Assert.Null(Read([("JWT_SECRET", Secret), ("DEMO", "on")], development: false).Options.Chain);
    }

    [Fact]
    public void Wallets_sign_for_mainnet_unless_told_otherwise_or_the_chain_is_simulated()
    {
        Assert.Equal("localnet", Read([], development: true).Options.ChainId);
        Assert.Equal("mainnet", Read([("DEMO", "off")], development: true).Options.ChainId);
        Assert.Equal("mainnet", Read([("TOKEN_MINT_ADDRESS", Mint), ("SOLANA_RPC_URLS", "https://a.example")], development: true).Options.ChainId);
        Assert.Equal("mainnet", Read([("JWT_SECRET", Secret)], development: false).Options.ChainId);
        Assert.Equal("testnet", Read([("SOLANA_CHAIN_ID", "testnet")], development: true).Options.ChainId);
        Assert.Equal("devnet", Read([("JWT_SECRET", Secret), ("SOLANA_CHAIN_ID", "Devnet")], development: false).Options.ChainId);
    }

    [Fact]
    public void A_chain_may_be_read_by_accounts() => Assert.Equal(
        IngestMode.Accounts,
        Read([("JWT_SECRET", Secret), ("TOKEN_MINT_ADDRESS", Mint), ("SOLANA_RPC_URLS", "https://a.example"), ("INGEST_MODE", "Accounts")], development: false).Options.Chain!.Mode);

    [Fact]
    public void A_token_and_endpoints_make_a_chain()
    {
        var (options, faults) = Read(
            [
                ("JWT_SECRET", Secret), ("TOKEN_MINT_ADDRESS", Mint), ("SOLANA_RPC_URLS", "https://a.example/key, http://b.example"),
                ("SOLANA_FALLBACK_RPC_URLS", "https://c.example"), ("SOLANA_WS_URL", "wss://a.example/key"), ("SOLANA_RPC_LIMIT", "500"), ("INGEST_MODE", "blocks"),
                ("INGEST_FROM_SLOT", "18446744073709551615"), ("TOKEN_POOLS", Mint), ("PRICE_FEEDS", "Jupiter, hermes=https://h.example/x"), ("JUPITER_API_KEY", "k"),
            ],
            development: false);
        Assert.Empty(faults);
        var chain = options.Chain!;
        Assert.Equal((Mint, IngestMode.Blocks, ulong.MaxValue, false), (chain.Mint, chain.Mode, chain.FromSlot, chain.Devnet));
        Assert.Equal(["https://a.example/key", "http://b.example/"], chain.Primaries.Select(url => url.AbsoluteUri));
        Assert.Equal("https://c.example/", Assert.Single(chain.Fallbacks).AbsoluteUri);
        Assert.Equal("wss://a.example/key", chain.WebSocket?.AbsoluteUri);
        Assert.Equal((500, 40), (chain.Rpc.CallsPerWindow, chain.Rpc.CallsPerMethodPerWindow));
        Assert.Equal([Mint], chain.Pools);
        Assert.Equal([new PriceFeedAddress("jupiter", null, "k"), new PriceFeedAddress("hermes", new Uri("https://h.example/x"))], chain.PriceFeeds);
    }

    [Theory]
    [InlineData("SOLANA_RPC_URLS", "https://a.example", "TOKEN_MINT_ADDRESS", true)]
    [InlineData("SOLANA_RPC_URLS", "https://a.example", "TOKEN_MINT_ADDRESS", false)]
    [InlineData("SOLANA_FALLBACK_RPC_URLS", "https://a.example", "TOKEN_MINT_ADDRESS", true)]
    [InlineData("SOLANA_WS_URL", "wss://a.example", "TOKEN_MINT_ADDRESS", false)]
    [InlineData("TOKEN_MINT_ADDRESS", Mint, "SOLANA_RPC_URLS", false)]
    public void A_token_without_endpoints_and_endpoints_without_a_token_are_faults(string name, string value, string missing, bool development) =>
        Assert.StartsWith(missing + ": is missing", Assert.Single(Faults([("JWT_SECRET", Secret), (name, value)], development)), StringComparison.Ordinal);

    [Fact]
    public void A_token_without_endpoints_and_without_the_demo_is_a_fault_in_development_too() =>
        Assert.StartsWith("SOLANA_RPC_URLS: is missing", Assert.Single(Faults([("TOKEN_MINT_ADDRESS", Mint), ("DEMO", "off")])), StringComparison.Ordinal);

    [Fact]
    public void No_fault_repeats_an_address_that_may_hold_a_key() =>
        Assert.All(
            Faults([
                ("TOKEN_MINT_ADDRESS", Mint), ("SOLANA_RPC_URLS", "htps://a.example/hidden,https://"), ("SOLANA_FALLBACK_RPC_URLS", "hidden"), ("SOLANA_WS_URL", "https://hidden"),
                ("PRICE_FEEDS", "https://hidden,jupiter=hidden,hidden=https://x"),
            ]),
            fault => Assert.DoesNotContain("hidden", fault, StringComparison.Ordinal));

    [Fact]
    public async Task Every_fault_is_told_at_once_and_the_node_does_not_start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WildNOut.Web.dll")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["PORT"] = "-1";
        start.Environment["CLUSTER_ROLES"] = "dancer";
        start.Environment["DATABASE_URL"] = "sqlite:x.db";
        start.Environment["CLUSTER_SEEDS"] = "10.0.0.1:8110";
        start.Environment.Remove("JWT_SECRET");
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        foreach (var name in new[] { "PORT", "CLUSTER_ROLES", "CLUSTER_SEEDS", "JWT_SECRET" })
        {
            Assert.Contains(name + ":", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_fault_of_the_achievements_is_listed_with_the_rest()
    {
        var faults = FaultsOf("""
            wildnout.achievements.more = [
              { id = first-vote, name = "Taken", description = "x", category = x, points = 1, criteria { type = votes_cast, threshold = 1 } }
              { id = fame, description = "x", category = x, points = 1, criteria { type = fame, threshold = 0 } }
            ]
            """);
        Assert.Equal(4, faults.Count);
        Assert.All(faults, fault => Assert.StartsWith("achievements: achievement '", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Overrides_that_cannot_be_read_are_a_fault() =>
        Assert.Contains(FaultsOf("wildnout { achievements = ${nowhere} }"), fault => fault.StartsWith("WILDNOUT_HOCON: is not HOCON", StringComparison.Ordinal));

    private static IReadOnlyList<string> FaultsOf(string hocon)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, hocon);
            return Faults([("WILDNOUT_HOCON", file)]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IReadOnlyList<string> Faults((string Name, string Value)[] settings, bool development = true) => Read(settings, development).Faults;

    private static (ServerOptions Options, IReadOnlyList<string> Faults) Read((string Name, string Value)[] settings, bool development) =>
        ServerOptionsReader.Read(name => settings.FirstOrDefault(setting => setting.Name == name).Value, development);
}
