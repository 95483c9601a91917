using Akka.Configuration;
using WildNOut.Actors.Users.Achievements;
using Xunit;

namespace WildNOut.Actors.Tests.Users.Achievements;

public sealed class AchievementsConfSpec
{
    private const string Good = """{ id = one, name = "One", description = "Do one", category = some, points = 5, criteria { type = votes_cast, threshold = 1 } }""";

    [Fact]
    public void The_achievements_that_come_with_the_platform_are_sound_and_cover_every_criterion()
    {
        var (catalogue, faults) = AchievementsConf.Read(OfNode(null));
        Assert.Empty(faults);
        Assert.True(catalogue.All.Count >= 25, $"{catalogue.All.Count} achievements");
        Assert.Equal(Enum.GetValues<Criterion>(), catalogue.All.Select(achievement => achievement.Criterion).Distinct().Order());
        Assert.Contains(catalogue.All, achievement => achievement.Hidden);
        Assert.True(catalogue.All.Select(achievement => achievement.Category).Distinct().Count() > 3);
        Assert.All(catalogue.All, achievement => Assert.Same(achievement, catalogue.Find(achievement.Id)));
        Assert.Equal(catalogue.All.Count, catalogue.All.Select(achievement => achievement.Name).Distinct().Count());
        Assert.Equal(catalogue.All.Count, catalogue.All.Select(achievement => (achievement.Criterion, achievement.Threshold)).Distinct().Count());
    }

    [Fact]
    public void A_definition_is_read_whole()
    {
        var (catalogue, faults) = Read("""
            { id = night-owl, name = "Night Owl, \"late\"", description = "Come by", category = odd_ones, points = 15, hidden = on
              criteria { type = login_streak_days, threshold = 3 } }
            """);
        Assert.Empty(faults);
        Assert.Equal(
            new Achievement("night-owl", "Night Owl, \"late\"", "Come by", "odd_ones", 15, true, Criterion.LoginStreakDays, 3),
            Assert.Single(catalogue.All));
    }

    [Fact]
    public void Every_criterion_has_its_name() => Assert.Equal(
        ["content_created", "battle_entries", "battle_participations", "battle_victories", "content_reactions", "followers", "votes_cast", "comments_created",
            "token_holdings", "login_streak_days"],
        Criteria.All);

    [Theory]
    [InlineData("""{ name = A, description = B, category = c, points = 1, criteria { type = followers, threshold = 1 } }""", "has no id")]
    [InlineData("""{ id = "No Spaces", name = A, description = B, category = c, points = 1, criteria { type = followers, threshold = 1 } }""", "allowed are")]
    [InlineData("""{ id = x, description = B, category = c, points = 1, criteria { type = followers, threshold = 1 } }""", "has no name")]
    [InlineData("""{ id = x, name = "  ", description = B, category = c, points = 1, criteria { type = followers, threshold = 1 } }""", "has no name")]
    [InlineData("""{ id = x, name = A, category = c, points = 1, criteria { type = followers, threshold = 1 } }""", "has no description")]
    [InlineData("""{ id = x, name = A, description = B, points = 1, criteria { type = followers, threshold = 1 } }""", "has no category")]
    [InlineData("""{ id = x, name = A, description = B, category = c, criteria { type = followers, threshold = 1 } }""", "points = nothing")]
    [InlineData("""{ id = x, name = A, description = B, category = c, points = -1, criteria { type = followers, threshold = 1 } }""", "points = -1")]
    [InlineData("""{ id = x, name = A, description = B, category = c, points = 1.5, criteria { type = followers, threshold = 1 } }""", "points = 1.5")]
    [InlineData("""{ id = x, name = A, description = B, category = c, points = 1, hidden = maybe, criteria { type = followers, threshold = 1 } }""", "neither on nor off")]
    [InlineData("""{ id = x, name = A, description = B, category = c, points = 1 }""", "has no criteria")]
    [InlineData("""{ id = x, name = A, description = B, category = c, points = 1, criteria { type = followers, threshold = 0 } }""", "threshold = 0")]
    [InlineData("""{ id = x, name = A, description = B, category = c, points = 1, criteria { threshold = 1 } }""", "type = nothing")]
    [InlineData("""{ id = x, name = A, description = B, category = c, points = 1, criteria { type = fame, threshold = 1 } }""", "type = fame")]
    [InlineData("""{ id = x, name = A, description = B, category = c, points = 1, criteria { type = followers, treshold = 1 } }""", "criteria.treshold")]
    [InlineData("""{ id = x, name = A, description = B, category = c, points = 1, secret = on, criteria { type = followers, threshold = 1 } }""", "'secret'")]
    [InlineData("just-a-word", "is not an object")]
    public void A_fault_says_what_is_wrong(string definition, string expected) =>
        Assert.Contains(Read(definition).Faults, fault => fault.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void All_faults_are_listed_at_once_and_name_their_achievement()
    {
        var (catalogue, faults) = Read($$"""
            {{Good}}
            { id = one, name = "Again", description = "Twice", category = some, points = -5, criteria { type = followers, threshold = 1 } }
            { id = two, description = "Nameless", category = some, points = 5, criteria { type = fame, threshold = 0 } }
            { name = "Nobody", description = "No id", category = some, points = 5, criteria { type = followers, threshold = 1 } }
            """);
        Assert.Empty(catalogue.All);
        Assert.Equal(6, faults.Count);
        Assert.Single(faults, fault => fault == "achievement 'one' is defined 2 times.");
        Assert.Single(faults, fault => fault.StartsWith("achievement 'one' has points = -5", StringComparison.Ordinal));
        Assert.Equal(3, faults.Count(fault => fault.StartsWith("achievement 'two' has ", StringComparison.Ordinal)));
        Assert.Single(faults, fault => fault == "wildnout.achievements.definitions[3] has no id.");
    }

    [Fact]
    public void A_deployment_adds_its_own_or_replaces_all()
    {
        var (added, _) = AchievementsConf.Read(OfNode($"wildnout.achievements.more = [ {Good} ]"));
        Assert.NotNull(added.Find("one"));
        Assert.NotNull(added.Find("first-vote"));
        var (replaced, faults) = AchievementsConf.Read(OfNode($"wildnout.achievements.definitions = [ {Good} ]"));
        Assert.Empty(faults);
        Assert.Equal("one", Assert.Single(replaced.All).Id);
        Assert.Empty(AchievementsConf.Read(OfNode("wildnout.achievements.definitions = []")).Catalogue.All);
    }

    [Fact]
    public void An_added_one_may_not_take_an_id_that_there_is() => Assert.Contains(
        AchievementsConf.Read(OfNode($"wildnout.achievements.more = [ {Good.Replace("id = one", "id = first-vote", StringComparison.Ordinal)} ]")).Faults,
        fault => fault == "achievement 'first-vote' is defined 2 times.");

    [Theory]
    [InlineData("wildnout.achievements.definitions = nothing")]
    [InlineData("wildnout.achievements.definitions { a = 1 }")]
    public void What_is_not_a_list_is_a_fault(string hocon) =>
        Assert.Contains(AchievementsConf.Read(OfNode(hocon)).Faults, fault => fault.Contains("is not a list", StringComparison.Ordinal));

    private static Config OfNode(string? hocon) => NodeHocon.Of(new NodeOptions { DatabaseUrl = "sqlite:none", ExtraHocon = hocon }, "achievements");

    private static (AchievementCatalogue Catalogue, IReadOnlyList<string> Faults) Read(string definitions) => AchievementsConf.Read(
        ConfigurationFactory.ParseString($"wildnout.achievements {{ definitions = [\n{definitions}\n], more = [] }}"));
}
