using Mono.Cecil;
using Xunit;

namespace WildNOut.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public sealed class LayersSpec
{
    private const string Engine = "WildNOut.Actors.Engine";

    /// <summary>The composition of a node, which knows every capability by its setup.</summary>
    private const string Root = "WildNOut.Actors";

    private static IEnumerable<string> Capabilities => Code.Actors.Types
        .Select(type => type.Namespace)
        .Where(name => name.StartsWith(Root + ".", StringComparison.Ordinal) && !name.StartsWith(Engine, StringComparison.Ordinal))
        .Select(name => name.Split('.')[2])
        .Distinct();

    [Fact]
    public void Actors_know_neither_the_web_nor_the_chain() =>
        Assert.Empty(Code.Actors.Types.SelectMany(type => Rules.Naming(type, "WildNOut.Web", "WildNOut.Chain", "Microsoft.AspNetCore")));

    [Fact]
    public void The_chain_does_not_know_the_web() =>
        Assert.Empty(Code.Chain.Types.SelectMany(type => Rules.Naming(type, "WildNOut.Web")));

    [Fact]
    public void The_engine_knows_no_capability() =>
        Assert.Empty(InEngine(Code.Actors).SelectMany(type => Rules.Naming(type, [.. Capabilities.Select(name => $"{Root}.{name}.")])));

    [Fact]
    public void Capabilities_do_not_know_each_other()
    {
        Assert.NotEmpty(Capabilities);
        Assert.Empty(Breaches(type => !IsPolicy(type), _ => false));
    }

    [Fact]
    public void A_policy_knows_of_other_capabilities_what_they_say_and_where_they_live_and_no_more() =>
        Assert.Empty(Breaches(IsPolicy, name => Spoken.Contains(name)));

    [Fact]
    public void What_capabilities_say_to_each_other_is_found()
    {
        Assert.Contains($"{Root}.Battles.BattleCompleted", Spoken);
        Assert.Contains($"{Root}.Wallets.WalletRegions", Spoken);
        Assert.DoesNotContain($"{Root}.Battles.BattleState", Spoken);
        Assert.DoesNotContain($"{Root}.Wallets.WalletsDecider", Spoken);
    }

    [Fact]
    public void The_web_knows_no_entity_s_shell_and_no_journal() =>
        Assert.Empty(Code.Web.Types.SelectMany(type => Rules.Naming(type, Engine + ".EntityActor", Engine + ".Journal.", "Akka.Persistence.UntypedPersistentActor", "Akka.Persistence.Sql")));

    [Fact]
    public void A_breach_of_the_layers_is_seen()
    {
        Assert.NotEmpty(Rules.Naming(Code.Tests.Type(typeof(KnowsACapability)), $"{Root}.Battles."));
        Assert.NotEmpty(Rules.Naming(Code.Tests.Type(typeof(KnowsTheWeb)), "WildNOut.Web"));
    }

    /// <summary>Commands, events, queries with their replies, and addresses.</summary>
    private static HashSet<string> Spoken { get; } = Code.Actors.Types
        .Where(type => type.IsEnum || SpokenFiles.Any(ending => Code.Actors.File(type).EndsWith(ending, StringComparison.Ordinal)))
        .Select(type => type.FullName)
        .ToHashSet(StringComparer.Ordinal);

    private static string[] SpokenFiles => ["Commands", "Events", "Messages", "Queries", "Regions", "Boxes"];

    private static bool IsPolicy(TypeDefinition type) => type.Name.EndsWith("Policy", StringComparison.Ordinal);

    private static IEnumerable<string> Breaches(Func<TypeDefinition, bool> of, Func<string, bool> allowed) =>
        from capability in Capabilities.ToList()
        let others = Capabilities.Where(other => other != capability).Select(other => $"{Root}.{other}.").ToArray()
        from type in Code.Actors.Types
        where (type.Namespace + ".").StartsWith($"{Root}.{capability}.", StringComparison.Ordinal) && of(type)
        from name in Code.Dependencies(type)
        where others.Any(other => name.StartsWith(other, StringComparison.Ordinal)) && !allowed(name)
        select $"{type.FullName} names {name}";

    private static IEnumerable<TypeDefinition> InEngine(Code code) =>
        code.Types.Where(type => (type.Namespace + ".").StartsWith(Engine + ".", StringComparison.Ordinal));

    private static class KnowsACapability
    {
        public static object? Breach(object found) => found as Actors.Battles.CastVote;
    }

    private static class KnowsTheWeb
    {
        public static Type Breach() => typeof(Web.Errors.Problem);
    }
}
