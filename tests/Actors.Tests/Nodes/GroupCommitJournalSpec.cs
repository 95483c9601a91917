using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Actors.Users;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Actors.Tests.Nodes;

/// <summary>The journal on PostgreSQL as persistent actors speak to it.</summary>
public sealed class GroupCommitJournalSpec : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestNode _node = null!;
    private Inbox _inbox = null!;
    private IActorRef _journal = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabases.Fresh(TestDatabases.Postgres);
        _node = await TestNode.Start(_database.Url);
        var system = _node.Services.GetRequiredService<ActorSystem>();
        _inbox = Inbox.Create(system);
        _journal = Persistence.Instance.Apply(system).JournalFor(null);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void What_is_written_is_replayed_with_its_numbers()
    {
        Write(Atomic(1, Batch("a")), Atomic(2, Batch("b"), Batch("c")));
        Assert.IsType<WriteMessagesSuccessful>(Next());
        Assert.Equal([1L, 2L, 3L], Enumerable.Range(0, 3).Select(_ => Assert.IsType<WriteMessageSuccess>(Next()).Persistent.SequenceNr));

        Assert.Equal([(1L, "a"), (2L, "b"), (3L, "c")], Replay());
    }

    [Fact]
    public void What_cannot_be_written_down_is_rejected_and_the_rest_is_written()
    {
        Write(Atomic(1, Batch("a")), Atomic(2, Batch("b"), new NobodyKnowsIt()), Atomic(2, new Tagged(Batch("t"), ["tag"])), Atomic(2, Batch("c")));
        Assert.IsType<WriteMessagesSuccessful>(Next());
        Assert.IsType<WriteMessageSuccess>(Next());
        Assert.All(Enumerable.Range(0, 3), _ => Assert.IsType<WriteMessageRejected>(Next()));
        Assert.IsType<WriteMessageSuccess>(Next());

        Assert.Equal([(1L, "a"), (2L, "c")], Replay());
    }

    [Fact]
    public void A_number_that_is_taken_is_a_failure()
    {
        Write(Atomic(1, Batch("a")));
        Assert.IsType<WriteMessagesSuccessful>(Next());
        Assert.IsType<WriteMessageSuccess>(Next());
        Write(Atomic(1, Batch("another")));
        Assert.IsType<WriteMessagesFailed>(Next());
        Assert.IsType<WriteMessageFailure>(Next());

        Assert.Equal([(1L, "a")], Replay());
    }

    private static EventBatch Batch(string user) => new([new RecordedEvent(new UserDeleted(user, null, 0, "admin", DateTimeOffset.UnixEpoch))]);

    private static AtomicWrite Atomic(long from, params object[] payloads) =>
        new(payloads.Select((payload, index) => (IPersistentRepresentation)new Persistent(payload, from + index, "test:one")).ToImmutableList());

    private void Write(params AtomicWrite[] writes) => _journal.Tell(new WriteMessages(writes, _inbox.Receiver, 1));

    private object Next() => _inbox.Receive(TimeSpan.FromSeconds(10));

    private List<(long Number, string User)> Replay()
    {
        _journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, "test:one", _inbox.Receiver));
        List<(long, string)> seen = [];
        while (Next() is ReplayedMessage { Persistent: { } message })
        {
            seen.Add((message.SequenceNr, ((UserDeleted)((EventBatch)message.Payload).Events.Single().Event).UserId));
        }

        return seen;
    }

    private sealed record NobodyKnowsIt : IMessage;
}
