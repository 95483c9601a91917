using System.Diagnostics;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Actors.Tests.Nodes;

/// <summary>The same contract on both databases: shell, serializer, journal, snapshots and rules together.</summary>
public sealed class BattleOnANodeSpec
{
    private static readonly Caller Creator = new("creator", Role.User);

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_battle_goes_from_creation_to_exact_results_over_two_restarts(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        var battle = Guid.CreateVersion7();
        Guid[] entries;
        await using (var node = await TestNode.Start(database.Url))
        {
            entries = await OpenBattle(node, battle, entrants: 3);
            await Vote(node, battle, entries, Enumerable.Range(0, 300));
        }

        await using (var node = await TestNode.Start(database.Url))
        {
            Assert.Equal(new VoteReceipt(battle, entries[0], 1, 1, default), await Cast(node, battle, entries[0], "voter0", "key0") with { Timestamp = default });
            Assert.Equal("already_voted", Assert.IsType<Rejection>(await TryCast(node, battle, entries[0], "voter0", null)).Code);
            await Vote(node, battle, entries, Enumerable.Range(300, 300));
            var tally = await Eventually(async () => await node.Ask<Tally>(BallotBoxes.AddressOf(battle), new GetTally()), tally => tally.VoteCount == 600);
            Assert.All(tally.Entries, entry => Assert.Equal(new EntryTally(entry.EntryId, 200, 200), entry));
            Assert.Equal(603, (await node.Ask<BattleView>(BallotBoxes.AddressOf(battle), new GetBattle())).ParticipantCount);
            await node.Ask<BattleView>(BallotBoxes.AddressOf(battle), new MoveBattle(Creator, BattleStatus.Completed));
            var results = await Results(node, battle);
            Assert.Equal(entries, results.Entries.Select(entry => entry.EntryId));
            Assert.Equal([1, 2, 3], results.Entries.Select(entry => entry.Rank));
            Assert.All(results.Entries, entry => Assert.Equal((200L, 200L), (entry.Total, entry.Voters)));
        }

        await using (var node = await TestNode.Start(database.Url))
        {
            Assert.Equal(3, (await Results(node, battle)).Entries.Count);
            Assert.Equal("battle_not_voting", Assert.IsType<Rejection>(await TryCast(node, battle, entries[0], "latecomer", null)).Code);
            Assert.Equal(600, (await node.Ask<BattleView>(BallotBoxes.AddressOf(battle), new GetBattle())).VoteCount);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_vote_sent_many_times_at_once_counts_once(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        await using var node = await TestNode.Start(database.Url);
        var battle = Guid.CreateVersion7();
        var entries = await OpenBattle(node, battle, entrants: 2);
        var withKey = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TryCast(node, battle, entries[0], "eager", "key")));
        var withoutKey = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TryCast(node, battle, entries[0], "pushy", null)));

        Assert.All(withKey, reply => Assert.IsType<VoteReceipt>(reply));
        Assert.Single(withoutKey, reply => reply is VoteReceipt);
        Assert.All(withoutKey.Where(reply => reply is not VoteReceipt), reply => Assert.Equal("already_voted", Assert.IsType<Rejection>(reply).Code));
        Assert.Equal("idempotency_mismatch", Assert.IsType<Rejection>(await TryCast(node, battle, entries[1], "eager", "key")).Code);
        var votes = await node.Ask<VotesOfVoter>(BoxOf("eager"), new GetVotes(battle, "eager"));
        Assert.Equal([entries[0]], votes.Items.Select(vote => vote.EntryId));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Closing_in_the_middle_of_voting_counts_every_acknowledged_vote_and_no_other(string kind)
    {
        await using var database = await TestDatabases.Fresh(kind);
        await using var node = await TestNode.Start(database.Url);
        var battle = Guid.CreateVersion7();
        var entries = await OpenBattle(node, battle, entrants: 2);
        var votes = Enumerable.Range(0, 2_000).Select(i => TryCast(node, battle, entries[i % 2], $"voter{i}", null)).ToArray();
        await votes[100];
        await node.Ask<BattleView>(BallotBoxes.AddressOf(battle), new MoveBattle(Creator, BattleStatus.Completed));
        var results = await Results(node, battle);
        var replies = await Task.WhenAll(votes);

        Assert.All(replies.OfType<Rejection>(), no => Assert.Equal("battle_not_voting", no.Code));
        Assert.Equal(replies.OfType<VoteReceipt>().Count(), results.Entries.Sum(entry => entry.Voters));
    }

    private static EntityAddress BoxOf(string voter) => BallotBoxes.AddressOf(BallotBoxes.BoxOf(voter, BallotBoxes.DefaultCount));

    private static Task<IReply> TryCast(TestNode node, Guid battle, Guid entry, string voter, string? commandId) =>
        node.Ask(BoxOf(voter), new CastVote(battle, entry, voter, null, 1, commandId), commandId);

    private static async Task<VoteReceipt> Cast(TestNode node, Guid battle, Guid entry, string voter, string? commandId) =>
        Assert.IsType<VoteReceipt>(await TryCast(node, battle, entry, voter, commandId));

    private static Task Vote(TestNode node, Guid battle, Guid[] entries, IEnumerable<int> voters) =>
        Task.WhenAll(voters.Select(i => Cast(node, battle, entries[i % entries.Length], $"voter{i}", $"key{i}")));

    private static async Task<Guid[]> OpenBattle(TestNode node, Guid battle, int entrants)
    {
        var now = DateTimeOffset.UtcNow;
        var address = BallotBoxes.AddressOf(battle);
        await node.Ask<BattleView>(
            address,
            new CreateBattle(battle, Creator.UserId, "First blood", "Words only.", BattleType.WildStyle, now.AddMinutes(-1), now.AddHours(1), null, null));
        var entries = new List<Guid>();
        for (var i = 0; i < entrants; i++)
        {
            var entry = await node.Ask<EntryView>(address, new SubmitEntry(Guid.CreateVersion7(), $"entrant{i}", new EntryContent(ContentType.Text, "Yo"), false));
            entries.Add(entry.Id);
        }

        await node.Ask<BattleView>(address, new MoveBattle(Creator, BattleStatus.Voting));
        return [.. entries];
    }

    private static async Task<BattleResults> Results(TestNode node, Guid battle) =>
        (BattleResults)await Eventually(() => node.Ask(BallotBoxes.AddressOf(battle), new GetResults()), reply => reply is BattleResults);

    private static async Task<T> Eventually<T>(Func<Task<T>> read, Func<T, bool> holds)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (holds(value))
            {
                return value;
            }

            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(20), $"still {value}");
            await Task.Delay(20);
        }
    }
}
