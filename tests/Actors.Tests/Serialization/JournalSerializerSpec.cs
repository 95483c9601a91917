using System.Text;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Actors.Tests.Battles;
using Xunit;

namespace WildNOut.Actors.Tests.Serialization;

/// <summary>The four forms that the serializer writes itself, through the serialization of a node.</summary>
public sealed class JournalSerializerSpec(NodeSerialization node) : IClassFixture<NodeSerialization>
{
    [Fact]
    public void Messages_go_through_this_serializer_and_other_objects_do_not()
    {
        foreach (var message in new object[] { Some.Vote(), new Envelope("1", Some.Vote()), new EventBatch([]), Rejection.NotFound("battle") })
        {
            Assert.IsType<JournalSerializer>(node.SerializerOf(message));
        }

        Assert.IsNotType<JournalSerializer>(node.SerializerOf(new object()));
        Assert.Equal(8110, node.SerializerOf(Some.Vote()).Identifier);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("command", null)]
    [InlineData("command", "fingerprint")]
    public void An_envelope_keeps_its_address_and_cause(string? commandId, string? fingerprint)
    {
        var envelope = new Envelope("entity “1”", new GetEntry(Some.EntryId(1)), commandId, fingerprint);
        Assert.Equal(envelope, node.RoundTrip(envelope));
    }

    [Fact]
    public void Done_keeps_its_row_and_its_reply()
    {
        var done = new Done(new VoteReceipt(Some.BattleId, Some.EntryId(1), -2, 8, Some.Start), long.MaxValue);
        Assert.Equal(done, node.RoundTrip(done));
    }

    [Fact]
    public void A_row_keeps_the_order_of_its_events_and_the_cause_of_each()
    {
        RecordedEvent[] events =
        [
            new(Some.Cast(1), "one", "print"),
            new(Some.Cast(2), "one", "print"),
            new(new SheetClosed(Some.BattleId, Some.End)),
            new(Some.Cast(1, "w"), "two"),
        ];
        Assert.Equal(events, node.RoundTrip(new EventBatch(events)).Events);
    }

    [Fact]
    public void A_row_may_be_empty() => Assert.Empty(node.RoundTrip(new EventBatch([])).Events);

    [Fact]
    public void A_snapshot_keeps_the_state_and_the_outcomes_in_order()
    {
        var box = Some.Sheet().Given(Some.Cast(commandId: "one"));
        var snapshot = new EntitySnapshot(
            new BallotBoxDefinition().Freeze(box.State),
            [new RememberedOutcome("b", "print", Rejection.Invalid("title", "too short")), new RememberedOutcome("a", null, Acknowledged.Instance)]);
        var read = node.RoundTrip(snapshot);
        Wire.Equal([snapshot.State], [read.State]);
        Assert.Equal([("b", "print"), ("a", null)], read.Remembered.Select(outcome => (outcome.CommandId, outcome.Fingerprint)));
        Wire.Equal(snapshot.Remembered.Select(outcome => outcome.Reply), read.Remembered.Select(outcome => outcome.Reply));
    }

    [Fact]
    public void A_row_is_readable_json_with_manifests_and_without_type_names()
    {
        var text = Encoding.UTF8.GetString(node.Write(new EventBatch([new RecordedEvent(new SheetClosed(Some.BattleId, Some.End), "one")])));
        Assert.Equal(
            $$$"""{"events":[{"command":"one","type":"battle.sheet-closed.v1","data":{"battleId":"{{{Some.BattleId}}}","at":"2026-03-01T14:00:00.000Z"}}]}""",
            text);
    }

    [Fact]
    public void Members_that_a_later_version_adds_are_skipped()
    {
        const string later = """{"seen":{"deep":[1,2]},"to":"1","type":"battle.get.v1","data":{"later":true},"trace":"x"}""";
        Assert.Equal(new Envelope("1", new GetBattle()), node.Read(Encoding.UTF8.GetBytes(later), "engine.envelope.v1"));
    }

    [Fact]
    public void A_large_row_is_followed_by_small_ones()
    {
        var large = new EventBatch([.. Enumerable.Range(0, 20_000).Select(number => new RecordedEvent(Some.Cast(1, $"voter-{number}")))]);
        Assert.Equal(20_000, node.RoundTrip(large).Events.Count);
        Assert.Equal(new Envelope("1", new GetBattle()), node.RoundTrip(new Envelope("1", new GetBattle())));
    }

    [Fact]
    public void Unknown_manifests_are_refused() =>
        Assert.ThrowsAny<Exception>(() => node.Read("{}"u8.ToArray(), "System.Object, System.Private.CoreLib"));

    [Fact]
    public void Rules_in_an_event_that_lack_a_member_have_its_default()
    {
        var read = (BattleUpdated)node.Read(
            Encoding.UTF8.GetBytes($$"""{"battleId":"{{Some.BattleId}}","title":"t","description":"d","rules":{"maxEntries":3},"by":"a"}"""), "battle.updated.v1");
        Wire.Equal([Unchanged(Some.Rules with { MaxEntries = 3 })], [Unchanged(read.Rules)]);
    }

    private static BattleUpdated Unchanged(BattleRules rules) =>
        new(Some.BattleId, "t", "d", Some.Start, Some.End, Some.VotingEnd, rules, "a", Some.Start);
}
