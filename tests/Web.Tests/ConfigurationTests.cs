using System.Diagnostics;
using WildNOut.Web.Configuration;

namespace WildNOut.Web.Tests;

public sealed class ConfigurationTests
{
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
    [InlineData("JWT_EXPIRES_IN", "soon")]
    [InlineData("CORS_ORIGIN", "example.org")]
    [InlineData("TRUSTED_PROXIES", "10.0.0.0/99")]
    [InlineData("LOG_LEVEL", "chatty")]
    [InlineData("DEMO", "maybe")]
    [InlineData("CLUSTER_PORT", "-1")]
    [InlineData("CLUSTER_SEEDS", "nowhere")]
    [InlineData("CLUSTER_ROLES", "web,dancer")]
    [InlineData("WILDNOUT_HOCON", "/no/such/file")]
    public void A_fault_names_its_setting(string name, string value) =>
        Assert.Contains(Faults([(name, value)]), fault => fault.StartsWith(name + ":", StringComparison.Ordinal));

    [Fact]
    public void Sqlite_takes_no_other_nodes() =>
        Assert.Contains("PostgreSQL", Assert.Single(Faults([("CLUSTER_SEEDS", "127.0.0.1:8110,127.0.0.1:8111")])), StringComparison.Ordinal);

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

    private static IReadOnlyList<string> Faults((string Name, string Value)[] settings, bool development = true) => Read(settings, development).Faults;

    private static (ServerOptions Options, IReadOnlyList<string> Faults) Read((string Name, string Value)[] settings, bool development) =>
        ServerOptionsReader.Read(name => settings.FirstOrDefault(setting => setting.Name == name).Value, development);
}
