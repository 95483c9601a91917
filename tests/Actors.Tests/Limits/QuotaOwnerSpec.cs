using Akka.Actor;
using Akka.TestKit.Xunit2;
using WildNOut.Actors.Limits;
using Xunit;

namespace WildNOut.Actors.Tests.Limits;

public sealed class QuotaOwnerSpec : TestKit
{
    private const int Limit = 20;
    private const int Unasked = 5;

    private static readonly Allowance Ada = new("default", "u:ada", 7);

    private readonly Akka.TestKit.TestProbe _late;
    private readonly Akka.TestKit.TestProbe _prompt;
    private readonly IActorRef _owner;

    public QuotaOwnerSpec()
    {
        (_late, _prompt) = (CreateTestProbe(), CreateTestProbe());
        IReadOnlyList<WebNode> nodes = [new WebNode("late", _late.Ref, true), new WebNode("prompt", _prompt.Ref, true)];
        _owner = Sys.ActorOf(QuotaOwner.Props(TimeProvider.System, () => nodes));
    }

    [Fact]
    public void An_answer_that_comes_after_its_round_takes_back_nothing_that_was_granted_since()
    {
        Lease(_prompt, "prompt", used: 0);
        var first = _late.ExpectMsg<RecallPermits>();
        Answer(_prompt, "prompt", used: 0);
        var prompt = _prompt.ExpectMsg<PermitsLeased>(QuotaOwner.ReportWithin * 3).Granted;

        Lease(_late, "late", used: Unasked);
        var late = _late.ExpectMsg<PermitsLeased>().Granted;
        Assert.True(late > Unasked);
        _owner.Tell(new PermitsRecalled("late", Ada, first.Round, 0, null));

        while (true)
        {
            Lease(_prompt, "prompt", used: prompt);
            switch (_prompt.ReceiveOne(RemainingOrDefault))
            {
                case PermitsLeased { Spent: true }:
                    Assert.Equal(Limit, prompt + late);
                    return;
                case PermitsLeased leased:
                    prompt = leased.Granted;
                    break;
                case RecallPermits asked:
                    var again = _late.ExpectMsg<RecallPermits>();
                    _owner.Tell(new PermitsRecalled("late", Ada, again.Round, late, null));
                    _owner.Tell(new PermitsRecalled("prompt", Ada, asked.Round, prompt, null));
                    break;
                case var other:
                    Assert.Fail($"{other} was not expected.");
                    break;
            }
        }
    }

    private void Lease(Akka.TestKit.TestProbe node, string id, int used) =>
        _owner.Tell(new LeasePermits(id, Ada, DateTimeOffset.UtcNow.AddMinutes(1), Limit, Unasked, used, Want: 1, FailuresToLock: null), node.Ref);

    private void Answer(Akka.TestKit.TestProbe node, string id, int used) =>
        _owner.Tell(new PermitsRecalled(id, Ada, node.ExpectMsg<RecallPermits>().Round, used, null));
}
