using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WildNOut.Actors;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Testing;
using Xunit;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.ReadModel.Tests;

public sealed class NodeSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task On_a_node_the_clock_moves_a_battle_to_its_results_the_lists_follow_and_the_boxes_forget(string kind)
    {
        await using var place = await TestDatabases.Fresh(kind);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddWildNOutActors(new NodeOptions { DatabaseUrl = place.Url, Port = 0 });
        using var host = builder.Build();
        await host.StartAsync();
        var regions = host.Services.GetRequiredService<ShardRegions>();
        var listings = host.Services.GetRequiredService<BattleListings>();
        var progress = host.Services.GetRequiredService<ProjectionProgress>();
        var (battle, entry, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        var address = BallotBoxes.AddressOf(battle);
        await Do(address, new CreateBattle(battle, "ann", "A title", "Words", BattleType.WildStyle, now, now.AddHours(1), now.AddHours(2), null));
        var entered = await Do(address, new SubmitEntry(entry, "bob", new EntryContent(ContentType.Text, "words"), false));
        Assert.True(await progress.WaitForRowAsync(BattleProjection.Key, address.PersistenceId, entered.SequenceNr));
        Assert.Equal(battle, await listings.FindBattleOfEntryAsync(entry));
        await Do(address, new MoveBattle(new Caller("ann", Role.User), BattleStatus.Voting));
        await Do(BallotBoxes.AddressOf(3), new CastVote(battle, entry, "voter", 1, 1, null));
        await Do(address, new MoveBattle(new Caller("ann", Role.User), BattleStatus.Completed));

        await Eventually.Holds(async () =>
            (await listings.BattlesAsync(new BattleFilter(), BattleOrder.Newest, null, 1))!.Items is [{ Status: BattleStatus.Completed, VoteCount: 1, ParticipantCount: 2 }]);
        await Eventually.Holds(async () => !((VotesOfVoter)await Ask(BallotBoxes.AddressOf(3), new GetVotes(battle, "voter"))).Known);
        Assert.Single((await listings.VotesOfVoterAsync(battle, "voter")).Items);

        var late = Guid.CreateVersion7();
        var soon = DateTimeOffset.UtcNow.AddMilliseconds(700);
        await Do(BallotBoxes.AddressOf(late), new CreateBattle(late, "ann", "Another", "Words", BattleType.WildStyle, soon.AddMilliseconds(-100), soon, soon.AddMilliseconds(100), null));
        await Eventually.Holds(async () =>
            (await listings.BattlesAsync(new BattleFilter(Status: BattleStatus.Completed), BattleOrder.Newest, null, 1))!.Items is [{ Title: "Another" }]);
        await host.StopAsync();

        async Task<IReply> Ask(EntityAddress to, IMessage message) => await regions[to.Region].Ask<IReply>(new Envelope(to.EntityId, message), TimeSpan.FromSeconds(20));
        async Task<Done> Do(EntityAddress to, IMessage message) => Assert.IsType<Done>(await Ask(to, message));
    }
}
