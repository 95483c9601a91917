using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Users;
using WildNOut.Web.Gateway;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Web.Tests;

/// <summary>What the gateway does when a message, or its answer, gets lost on the way.</summary>
public sealed class EntityGatewayTests : IAsyncLifetime
{
    private static readonly EntityAddress Box = BallotBoxes.AddressOf(3);
    private static readonly CastVote Vote = new(Guid.CreateVersion7(), Guid.CreateVersion7(), "ann", 1, null, null);

    private static readonly Unavailable Returned = new("on its way", NothingDone: true);

    private readonly ActorSystem _system = ActorSystem.Create("gateway");
    private readonly ConcurrentQueue<Envelope> _heard = new();
    private Action<int, IActorRef> _answer = (number, sender) =>
    {
        if (number % 2 == 0)
        {
            sender.Tell(new Done(Applied.Instance, 1));
        }
    };

    private EntityGateway _gateway = null!;

    public Task InitializeAsync()
    {
        var regions = new ShardRegions();
        regions.Add(Box.Region, _system.ActorOf(Props.Create(() => new Deaf(_heard, (number, sender) => _answer(number, sender)))));
        _gateway = new EntityGateway(regions, new GatewayOptions { AskTimeout = TimeSpan.FromSeconds(4) }, TimeProvider.System);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task A_vote_that_gets_no_answer_is_sent_again_as_a_repeat()
    {
        Assert.IsType<Done>(await _gateway.AskAsync(Box, Vote));
        Assert.Equal([false, true], _heard.Select(envelope => ((CastVote)envelope.Message).Repeated));
    }

    [Fact]
    public async Task A_query_and_a_command_with_an_id_are_sent_again_as_they_are()
    {
        Assert.IsType<Done>(await _gateway.AskAsync(Box, new GetUser()));
        Assert.IsType<Done>(await _gateway.AskAsync(Box, new WelcomeUser(), "an id", "a digest"));
        Assert.All(_heard.Chunk(2), pair => Assert.Equal(pair[0], pair[1]));
        Assert.Equal(4, _heard.Count);
    }

    [Fact]
    public async Task A_late_answer_to_the_first_counts_though_the_second_gets_none()
    {
        AnswerFirstLate(second: _ => { });
        Assert.Equal(7, Assert.IsType<Done>(await _gateway.AskAsync(Box, Vote)).SequenceNr);
        Assert.Equal(2, _heard.Count);
    }

    [Fact]
    public async Task A_second_without_an_outcome_leaves_it_to_the_first()
    {
        AnswerFirstLate(second: sender => sender.Tell(new Unavailable("full")));
        Assert.Equal(7, Assert.IsType<Done>(await _gateway.AskAsync(Box, Vote)).SequenceNr);
    }

    [Fact]
    public async Task A_command_without_an_id_is_sent_once()
    {
        Assert.IsType<Unavailable>(await _gateway.AskAsync(Box, new WelcomeUser()));
        Assert.Single(_heard);
    }

    [Fact]
    public async Task A_command_that_came_back_undelivered_is_sent_again_though_it_has_no_id()
    {
        _answer = (number, sender) => sender.Tell(number < 4 ? Returned : new Done(Applied.Instance, 1));
        Assert.IsType<Done>(await _gateway.AskAsync(Box, new WelcomeUser()));
        Assert.Equal(4, _heard.Count);
    }

    [Fact]
    public async Task A_vote_that_came_back_undelivered_is_no_repeat()
    {
        _answer = (number, sender) => sender.Tell(number == 1 ? Returned : new Done(Applied.Instance, 1));
        Assert.IsType<Done>(await _gateway.AskAsync(Box, Vote));
        Assert.Equal([false, false], _heard.Select(envelope => ((CastVote)envelope.Message).Repeated));
    }

    [Fact]
    public async Task What_comes_back_all_the_time_is_unavailable_when_the_time_is_over()
    {
        _answer = (_, sender) => sender.Tell(Returned);
        var began = Stopwatch.GetTimestamp();
        Assert.IsType<Unavailable>(await _gateway.AskAsync(Box, new WelcomeUser()));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8));
        Assert.InRange(_heard.Count, 3, 12);
    }

    [Fact]
    public async Task A_first_that_came_back_late_does_not_undo_what_the_second_may_have_done()
    {
        _answer = (number, sender) =>
        {
            if (number == 1)
            {
                _system.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(2), sender, Returned, ActorRefs.NoSender);
            }
            else
            {
                sender.Tell(new Unavailable("in mid-write"));
            }
        };
        Assert.False(Assert.IsType<Unavailable>(await _gateway.AskAsync(Box, Vote)).NothingDone);
        Assert.Equal([false, true], _heard.Select(envelope => ((CastVote)envelope.Message).Repeated));
    }

    [Fact]
    public async Task What_came_back_and_is_then_lost_is_still_sent_a_second_time()
    {
        _answer = (number, sender) =>
        {
            if (number != 2)
            {
                sender.Tell(number == 1 ? Returned : new Done(Applied.Instance, 1));
            }
        };
        Assert.IsType<Done>(await _gateway.AskAsync(Box, Vote));
        Assert.Equal([false, false, true], _heard.Select(envelope => ((CastVote)envelope.Message).Repeated));
    }

    /// <summary>The first is answered when half of the time is over, after the second has gone out; the second as told.</summary>
    private void AnswerFirstLate(Action<IActorRef> second) => _answer = (number, sender) =>
    {
        if (number == 1)
        {
            _system.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(2), sender, new Done(Applied.Instance, 7), ActorRefs.NoSender);
        }
        else
        {
            second(sender);
        }
    };

    /// <summary>Answers as told; every second message where nothing else is said.</summary>
    private sealed class Deaf : ReceiveActor
    {
        public Deaf(ConcurrentQueue<Envelope> heard, Action<int, IActorRef> answer) => Receive<Envelope>(envelope =>
        {
            heard.Enqueue(envelope);
            answer(heard.Count, Sender);
        });
    }
}
