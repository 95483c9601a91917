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

    private IActorRef _returned = ActorRefs.Nobody;

    public Task InitializeAsync()
    {
        _returned = _system.ActorOf(Props.Create(() => new ReturnedMessages()));
        return IdleAsync();
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
    public async Task A_signal_and_messages_of_others_return_to_nobody()
    {
        var gone = _system.ActorOf(Props.Empty);
        Assert.True(await gone.GracefulStop(Long));
        var waiting = gone.Ask<object>(new Envelope(Battle.EntityId, new BallotCount(Guid.NewGuid(), Box: 0, VoteCount: 0, Newcomers: 0, Entries: [])), Long);
        var other = gone.Ask<object>("a word", Long);
        using var region = Inbox.Create(_system);
        region.Send(gone, Question);
        await IdleAsync();
        region.Receiver.Tell("the end");
        Assert.Equal("the end", await region.ReceiveAsync(Long));
        Assert.False(waiting.IsCompleted || other.IsCompleted);
    }

    [Fact]
    public async Task What_nobody_handles_was_looked_at_and_does_not_return()
    {
        var deaf = _system.ActorOf(Props.Create(() => new Deaf()));
        var waiting = deaf.Ask<object>(Question, Long);
        await deaf.Ask<ActorIdentity>(new Identify(null), Long);
        await IdleAsync();
        Assert.False(waiting.IsCompleted);
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
        var reply = await _regions.AskAsync(Battle, new GetBattle(), TimeSpan.FromSeconds(1)).WaitAsync(Long);
        Assert.True(Assert.IsType<Unavailable>(reply).NothingDone);
    }

    [Fact]
    public async Task An_ask_ends_though_what_came_back_is_lost_in_the_end()
    {
        var heard = 0;
        _regions.Add(Battle.Region, Answering((sender, _) =>
        {
            if (++heard < 3)
            {
                sender.Tell(new Unavailable("on its way", NothingDone: true));
            }
        }));
        await Assert.ThrowsAsync<AskTimeoutException>(() => _regions.AskAsync(Battle, new GetBattle(), TimeSpan.FromSeconds(1)).WaitAsync(Long));
        Assert.Equal(3, heard);
    }

    /// <summary>Waits until everything that was published has been looked at.</summary>
    private Task IdleAsync() => _returned.Ask<ActorIdentity>(new Identify(null), Long);

    private IActorRef Answering(Action<IActorRef, IActorRef> answer) => _system.ActorOf(Props.Create(() => new Answerer(answer)));

    private sealed class Answerer : ReceiveActor
    {
        public Answerer(Action<IActorRef, IActorRef> answer) => Receive<Envelope>(_ => answer(Sender, Self));
    }

    private sealed class Deaf : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
