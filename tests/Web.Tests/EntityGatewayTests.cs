using System.Collections.Concurrent;
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

    private readonly ActorSystem _system = ActorSystem.Create("gateway");
    private readonly ConcurrentQueue<Envelope> _heard = new();
    private EntityGateway _gateway = null!;

    public Task InitializeAsync()
    {
        var regions = new ShardRegions();
        regions.Add(Box.Region, _system.ActorOf(Props.Create(() => new DeafAtFirst(_heard))));
        _gateway = new EntityGateway(regions, new GatewayOptions { AskTimeout = TimeSpan.FromSeconds(1) }, TimeProvider.System);
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
    public async Task A_command_without_an_id_is_sent_once()
    {
        Assert.IsType<Unavailable>(await _gateway.AskAsync(Box, new WelcomeUser()));
        Assert.Single(_heard);
    }

    /// <summary>Answers every second message.</summary>
    private sealed class DeafAtFirst : ReceiveActor
    {
        public DeafAtFirst(ConcurrentQueue<Envelope> heard) => Receive<Envelope>(envelope =>
        {
            heard.Enqueue(envelope);
            if (heard.Count % 2 == 0)
            {
                Sender.Tell(new Done(Applied.Instance, 1));
            }
        });
    }
}
