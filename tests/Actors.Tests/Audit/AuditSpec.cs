using WildNOut.Actors.Audit;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Tests.Battles;
using Xunit;

namespace WildNOut.Actors.Tests.Audit;

public sealed class AuditSpec
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 7, TimeSpan.Zero);

    [Fact]
    public void Each_entry_follows_on_the_one_before_by_number_and_hash()
    {
        var log = new Scenario<AuditState, IAuditCommand, IAuditEvent>(new AuditDefinition(), "log");
        var first = Assert.IsType<ActionRecorded>(Assert.Single(log.When(new RecordAction(Action(1)), Now).Decision.Events));
        var outcome = log.When(new RecordAction(Action(2)), Now.AddMinutes(1));
        var second = Assert.IsType<ActionRecorded>(Assert.Single(outcome.Decision.Events));
        outcome.Replying(new AuditReceipt(2, second.Hash));
        Assert.Equal((1, AuditHash.Genesis, AuditHash.Of(first)), (first.Number, first.PreviousHash, first.Hash));
        Assert.Equal((2, first.Hash, AuditHash.Of(second)), (second.Number, second.PreviousHash, second.Hash));
        Assert.Equal(new AuditReceipt(2, second.Hash), log.Asked<AuditReceipt>(new GetAuditHead(), Now));
    }

    [Fact]
    public void Time_does_not_go_back_when_the_clock_does()
    {
        var log = new Scenario<AuditState, IAuditCommand, IAuditEvent>(new AuditDefinition(), "log");
        log.When(new RecordAction(Action(1)), Now);
        Assert.Equal(Now, Assert.IsType<ActionRecorded>(Assert.Single(log.When(new RecordAction(Action(2)), Now.AddHours(-1)).Decision.Events)).RecordedAt);
    }

    [Fact]
    public void The_hash_of_an_entry_never_changes_for_logs_are_checked_by_it_for_ever()
    {
        Assert.Equal("a148adf83c1cac9f91f8bc324a9edb7812bfc0ef5a1e7fe53830630682729efd", AuditHash.Of(AuditHash.Genesis, 1, Now, Action(1)));
        Assert.Equal("fcfec902d9663806eec0872d00bc614e8e1da5a0cda86d4bed88bb017e44dc76", AuditHash.Of(AuditHash.Genesis, 1, Now, new AuditedAction(
            Guid.Empty, Now, null, null, "auth.sign-in", null, null, null, null, AuditResult.Unknown, new Dictionary<string, string>())));
    }

    [Fact]
    public void The_order_of_details_does_not_matter_and_the_border_between_texts_does()
    {
        static string Hash(AuditedAction action) => AuditHash.Of(AuditHash.Genesis, 1, Now, action);
        var action = Action(1);
        Assert.Equal(
            Hash(action with { Details = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } }),
            Hash(action with { Details = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } }));
        Assert.NotEqual(Hash(action with { TargetType = "ab", TargetId = "c" }), Hash(action with { TargetType = "a", TargetId = "bc" }));
        Assert.NotEqual(Hash(action with { Address = null }), Hash(action with { Address = "" }));
    }

    internal static AuditedAction Action(int n) => new(
        Guid.Parse($"01930000-0000-7000-8000-{n:x12}"),
        Now.AddSeconds(-n),
        $"mod “{n}” 🎤",
        Role.Moderator,
        "entry.reject",
        "entry",
        $"{n}",
        "203.0.113.7",
        $"request-{n}",
        AuditResult.Intended,
        new Dictionary<string, string> { ["reason"] = "spam", ["battleId"] = "b" });
}
