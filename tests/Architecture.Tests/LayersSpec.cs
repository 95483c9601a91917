using Mono.Cecil;
using Xunit;

namespace WildNOut.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public sealed class LayersSpec
{
    private const string Engine = "WildNOut.Actors.Engine";

    /// <summary>The composition of a node, which knows every capability by its setup.</summary>
    private const string Root = "WildNOut.Actors";

    private static readonly string[] MessageFiles = ["Commands", "Events", "Messages", "Queries"];

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
    public void Capabilities_do_not_know_each_other_but_for_policies_that_know_events()
    {
        Assert.NotEmpty(Capabilities);
        foreach (var capability in Capabilities)
        {
            var others = Capabilities.Where(other => other != capability).Select(other => $"{Root}.{other}.").ToArray();
            Assert.Empty(Code.Actors.Types
                .Where(type => (type.Namespace + ".").StartsWith($"{Root}.{capability}.", StringComparison.Ordinal))
                .SelectMany(type => Rules.Naming(type, others).Except(IsPolicy(type) ? Messages.Select(message => Rules.Named(type, message)) : [])));
        }
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

    /// <summary>What one capability may know of another: messages and what they are made of.</summary>
    private static IEnumerable<string> Messages => Code.Actors.Types
        .Where(type => type.IsEnum || MessageFiles.Any(ending => Code.Actors.File(type).EndsWith(ending, StringComparison.Ordinal)))
        .Select(type => type.FullName);

    private static bool IsPolicy(TypeDefinition type) => type.BaseType?.FullName == Engine + ".Policies.Policy";

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
