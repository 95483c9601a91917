using Mono.Cecil;
using Xunit;

namespace WildNOut.Architecture.Tests;

/// <summary>The rules of a capability are pure, file by file.</summary>
public sealed class PuritySpec
{
    private static readonly string[] Endings =
        ["Commands", "Events", "Messages", "Queries", "State", "Decider", "Rules", "Ranking", "Validation", "Views", "Time", "Refusals", "Snapshot", "Sheet", "Boxes", "Policy", "Definition"];

    private static IEnumerable<TypeDefinition> Pure => Code.Actors.Types
        .Where(type => !type.Namespace.StartsWith("WildNOut.Actors.Engine", StringComparison.Ordinal) && type.Namespace != "WildNOut.Actors")
        .Where(type => Endings.Any(ending => Code.Actors.File(type).EndsWith(ending, StringComparison.Ordinal)));

    [Theory]
    [InlineData("BattleDecider")]
    [InlineData("BallotBoxDecider")]
    [InlineData("BattleState")]
    [InlineData("BattleTime")]
    [InlineData("Ranking")]
    [InlineData("CastVote")]
    [InlineData("BattleCreated")]
    public void The_rules_are_found(string type) => Assert.Contains(Pure, found => found.Name == type);

    [Fact]
    public void Rules_use_no_actors_no_files_no_database_no_clock_and_no_chance() => Assert.Empty(Pure.SelectMany(Rules.Impurities));

    [Theory]
    [InlineData(typeof(ReadsTheClock))]
    [InlineData(typeof(ReadsTheClockInALambda))]
    [InlineData(typeof(DrawsAnId))]
    [InlineData(typeof(DrawsAnOrderedId))]
    [InlineData(typeof(RollsDice))]
    [InlineData(typeof(ReadsAFile))]
    [InlineData(typeof(HoldsAnActor))]
    [InlineData(typeof(Logs))]
    [InlineData(typeof(AsksTheDatabase))]
    public void An_impurity_is_seen(Type breach) => Assert.NotEmpty(Rules.Impurities(Code.Tests.Type(breach)));

    [Fact]
    public void Pure_code_is_not_accused() => Assert.Empty(Rules.Impurities(Code.Tests.Type(typeof(Adds))));

    private static class ReadsTheClock
    {
        public static DateTimeOffset Breach() => DateTimeOffset.UtcNow;
    }

    private static class ReadsTheClockInALambda
    {
        public static IEnumerable<DateTime> Breach() => Enumerable.Range(0, 1).Select(_ => DateTime.UtcNow);
    }

    private static class DrawsAnId
    {
        public static Guid Breach() => Guid.NewGuid();
    }

    private static class DrawsAnOrderedId
    {
        public static Guid Breach() => Guid.CreateVersion7();
    }

    private static class RollsDice
    {
        public static double Breach() => Random.Shared.NextDouble();
    }

    private static class ReadsAFile
    {
        public static string Breach() => System.IO.File.ReadAllText("x");
    }

    private static class HoldsAnActor
    {
        public static Akka.Actor.IActorRef? Breach { get; }
    }

    private static class Logs
    {
        public static void Breach(Microsoft.Extensions.Logging.ILogger log) => log.Equals(null);
    }

    private static class AsksTheDatabase
    {
        public static object? Breach(object found) => found as Npgsql.NpgsqlConnection;
    }

    private static class Adds
    {
        public static DateTimeOffset Fine(DateTimeOffset now) => now.AddDays(1);
    }
}
