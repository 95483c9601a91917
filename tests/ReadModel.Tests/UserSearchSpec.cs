using WildNOut.Actors.Users;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class UserSearchSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_begins_with_a_text_comes_before_what_contains_it_and_that_before_what_comes_near(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await JoinAsync(bench, "u1", "thunderbolt", "Somebody");
        await JoinAsync(bench, "u2", null, "Thunder Mike");
        await JoinAsync(bench, "u3", "mc_thunder", null);
        await JoinAsync(bench, "u4", "dj", "The Thundering Herd");
        await JoinAsync(bench, "u5", "thundr", null);
        await JoinAsync(bench, "u6", "lightning", "Nobody");
        await JoinAsync(bench, "u7", null, null);
        await using var running = bench.Run(new UserProjection());
        await bench.CaughtUpAsync(UserProjection.Key);
        var search = new UserSearch(bench.Database, TimeSpan.FromMinutes(1));

        Assert.Equal(["u1", "u2", "u3,u4", "u5"], Grouped(await FindAsync("THUNDER")));
        Assert.Equal(["u1", "u2"], await FindAsync("thunder", 2));
        Assert.Equal(["u6"], await FindAsync("lightnin"));
        Assert.Contains("u6", await FindAsync("lihgtning"));
        Assert.Equal(["u7"], await FindAsync(Usernames.Given("u7")));
        Assert.Empty(await FindAsync("zzzzzz"));
        Assert.Empty(await FindAsync("%%%"));
        Assert.Empty(await FindAsync("\"*\""));

        await bench.AppendAsync(Pid("u1"), new ProfileUpdated("u1", "Quiet Now", null, null, false, false, 4, Sample.Noon), new UsernameSet("u1", "silence", 1, "thunderbolt", 1, 5, Sample.Noon));
        await bench.AppendAsync(Pid("u2"), new UserDeleted("u2", Usernames.Given("u2"), 1, "u2", Sample.Noon));
        await bench.CaughtUpAsync(UserProjection.Key);
        Assert.DoesNotContain("u1", await FindAsync("thunderbolt"));
        Assert.DoesNotContain("u2", await FindAsync("mike"));
        Assert.Equal(["u1"], await FindAsync("iet no"));

        async Task<string[]> FindAsync(string text, int limit = 10) => [.. (await search.FindAsync(text, limit)).Select(card => card.Id)];
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_patience_beginnings_are_found_all_the_same(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await JoinAsync(bench, "u1", "thunderbolt", null);
        await JoinAsync(bench, "u2", "mc_thunder", null);
        await using var running = bench.Run(new UserProjection());
        await bench.CaughtUpAsync(UserProjection.Key);

        Assert.Equal(["u1"], (await new UserSearch(bench.Database, TimeSpan.Zero).FindAsync("thunder", 10)).Select(card => card.Id));
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new UserSearch(bench.Database).FindAsync("thunder", 10, gone.Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_several_words_those_in_order_come_first_then_who_bears_them_in_another(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await JoinAsync(bench, "u1", null, "Martinez Lucia");
        await JoinAsync(bench, "u2", null, "Dr Lucia Martinez");
        await JoinAsync(bench, "u3", "lucia_m", "Saint Martinez");
        await JoinAsync(bench, "u4", null, "Analucia Martinezson");
        await JoinAsync(bench, "u5", null, "Lucia Chen");
        await JoinAsync(bench, "u6", null, "Big José Garcia");
        await JoinAsync(bench, "u7", null, "Lucia Maria Martinez");
        await using var running = bench.Run(new UserProjection());
        await bench.CaughtUpAsync(UserProjection.Key);
        var search = new UserSearch(bench.Database, TimeSpan.FromMinutes(1));

        var found = await FindAsync("Lucia Martinez");
        Assert.Contains("u4", found);
        Assert.DoesNotContain("u5", found);
        Assert.True(Array.IndexOf(found, "u2") < Array.IndexOf(found, "u1"), string.Join(' ', found));
        Assert.Superset(new HashSet<string> { "u1", "u2", "u3", "u7" }, found.ToHashSet());
        Assert.Contains("u2", await FindAsync("lucai martines"));
        Assert.Equal(["u4"], (await FindAsync("nalucia martinezs"))[..1]);
        Assert.Equal("u7", (await FindAsync("lucia maria martinez"))[0]);
        Assert.Equal("u6", (await FindAsync("osé garcia"))[0]);
        Assert.Equal("u6", (await FindAsync("josé garcia"))[0]);
        Assert.Equal("u2", (await FindAsync("dr lucia"))[0]);
        Assert.Empty(await FindAsync("saint chen"));

        async Task<string[]> FindAsync(string text) => [.. (await search.FindAsync(text, 10)).Select(card => card.Id)];
    }

    /// <summary>What only contains the text has no order of its own.</summary>
    private static string[] Grouped(string[] found) => found.Length < 4 ? found : [found[0], found[1], string.Join(",", found[2..4].Order(StringComparer.Ordinal)), .. found[4..]];

    private static string Pid(string user) => UserRegions.OfUser(user).PersistenceId;

    private static Task JoinAsync(ReadSideBench bench, string user, string? username, string? displayName)
    {
        List<IUserEvent> events = [new UserJoined(user, Usernames.Given(user), 1, Sample.Noon)];
        if (username is not null)
        {
            events.Add(new UsernameSet(user, username, 1, Usernames.Given(user), 1, 2, Sample.Noon));
        }

        if (displayName is not null)
        {
            events.Add(new ProfileUpdated(user, displayName, null, null, false, false, 3, Sample.Noon));
        }

        return bench.AppendAsync(Pid(user), [.. events]);
    }
}
