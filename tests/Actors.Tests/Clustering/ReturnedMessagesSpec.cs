using Akka.Actor;
using Akka.Event;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Users;
using Xunit;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Actors.Tests.Clustering;

/// <summary>Messages that do not reach their entity: who hears of it, and that they are sent again.</summary>
public sealed class ReturnedMessagesSpec : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly EntityAddress Battle = new(Names.Regions.Battle, "one");
    private static readonly Envelope Question = new(Battle.EntityId, new GetBattle());

    private readonly ActorSystem _system = ActorSystem.Create("returned");
    private readonly ShardRegions _regions = new();

    public async Task InitializeAsync()
    {
        var watcher = _system.ActorOf(Props.Create(() => new ReturnedMessages()));
        await watcher.Ask<ActorIdentity>(new Identify(null), Long);
    }

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Who_asks_a_region_that_has_gone_hears_at_once_that_nothing_was_done()
    {
        var gone = _system.ActorOf(Props.Empty);
        Assert.True(await gone.GracefulStop(Long));
        Assert.True((await gone.Ask<Unavailable>(Question, Long)).NothingDone);
    }

    [Fact]
    public async Task Who_waits_in_a_mailbox_when_its_actor_stops_hears_it_too()
    {
        var hold = new TaskCompletionSource();
        var stops = Answering((_, self) =>
        {
            hold.Task.Wait(Long);
            self.Tell(PoisonPill.Instance);
        });
        stops.Tell(Question);
        stops.Tell(PoisonPill.Instance);
        var behind = stops.Ask<Unavailable>(Question, Long);
        hold.SetResult();
        Assert.True((await behind).NothingDone);
    }

    [Fact]
    public async Task What_a_region_drops_while_a_shard_is_handed_off_returns()
    {
        var dropped = Answering((sender, _) => _system.DeadLetters.Tell(new Dropped(Question, "hand-off", sender, ActorRefs.NoSender)));
        Assert.True((await dropped.Ask<Unavailable>(Question, Long)).NothingDone);
    }

    [Fact]
    public async Task A_signal_and_a_message_of_others_return_to_nobody()
    {
        var gone = _system.ActorOf(Props.Empty);
        Assert.True(await gone.GracefulStop(Long));
        using var sender = Inbox.Create(_system);
        sender.Send(gone, new Envelope(Battle.EntityId, new BallotCount(Guid.NewGuid(), Box: 0, VoteCount: 0, Newcomers: 0, Entries: [])));
        sender.Send(gone, "a word");
        sender.Send(gone, Question);
        Assert.IsType<Unavailable>(await sender.ReceiveAsync(Long));
        await Assert.ThrowsAsync<TimeoutException>(() => sender.ReceiveAsync(TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task What_came_back_is_sent_again_until_it_gets_there()
    {
        var heard = 0;
        _regions.Add(Battle.Region, Answering((sender, _) => sender.Tell(++heard < 3 ? new Unavailable("on its way", NothingDone: true) : new Done(Applied.Instance, 1))));
        Assert.IsType<Done>(await _regions.AskAsync(Battle, new GetBattle(), Long));
        Assert.Equal(3, heard);
    }

    [Fact]
    public async Task What_may_have_been_done_is_not_sent_again()
    {
        var heard = 0;
        _regions.Add(Battle.Region, Answering((sender, _) =>
        {
            heard++;
            sender.Tell(new Unavailable("in mid-write"));
        }));
        Assert.False(Assert.IsType<Unavailable>(await _regions.AskAsync(Battle, new GetBattle(), Long)).NothingDone);
        Assert.Equal(1, heard);
    }

    [Fact]
    public async Task Sending_again_ends_with_the_patience_of_the_one_who_asks()
    {
        _regions.Add(Battle.Region, Answering((sender, _) => sender.Tell(new Unavailable("on its way", NothingDone: true))));
        var reply = await _regions.AskAsync(Battle, new GetBattle(), TimeSpan.FromMilliseconds(200)).WaitAsync(Long);
        Assert.True(Assert.IsType<Unavailable>(reply).NothingDone);
    }

    private IActorRef Answering(Action<IActorRef, IActorRef> answer) => _system.ActorOf(Props.Create(() => new Answerer(answer)));

    private sealed class Answerer : ReceiveActor
    {
        public Answerer(Action<IActorRef, IActorRef> answer) => Receive<Envelope>(_ => answer(Sender, Self));
    }
}
