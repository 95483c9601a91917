using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Users;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Actors.Tests.Nodes;

/// <summary>The journal on PostgreSQL as persistent actors speak to it.</summary>
public sealed class GroupCommitJournalSpec : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestNode _node = null!;
    private readonly Channel<object> _answers = Channel.CreateUnbounded<object>();
    private IActorRef _asker = null!;
    private IActorRef _journal = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabases.Fresh(TestDatabases.Postgres);
        _node = await TestNode.Start(_database.Url);
        var system = _node.Services.GetRequiredService<ActorSystem>();
        _asker = system.ActorOf(Props.Create(() => new Asker(_answers.Writer)));
        _journal = Persistence.Instance.Apply(system).JournalFor(null);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_is_written_is_replayed_with_its_numbers()
    {
        Write(Atomic(1, Batch("a")), Atomic(2, Batch("b"), Batch("c")));
        Assert.IsType<WriteMessagesSuccessful>(await Next());
        for (var number = 1; number <= 3; number++)
        {
            Assert.Equal(number, Assert.IsType<WriteMessageSuccess>(await Next()).Persistent.SequenceNr);
        }

        Assert.Equal([(1L, "a"), (2L, "b"), (3L, "c")], await Replay());
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_rejected_and_the_rest_is_written()
    {
        Write(Atomic(1, Batch("a")), Atomic(2, Batch("b"), new NobodyKnowsIt()), Atomic(2, new Tagged(Batch("t"), ["tag"])), Atomic(2, Batch("c")));
        Assert.IsType<WriteMessagesSuccessful>(await Next());
        Assert.IsType<WriteMessageSuccess>(await Next());
        Assert.IsType<WriteMessageRejected>(await Next());
        Assert.IsType<WriteMessageRejected>(await Next());
        Assert.IsType<WriteMessageRejected>(await Next());
        Assert.IsType<WriteMessageSuccess>(await Next());

        Assert.Equal([(1L, "a"), (2L, "c")], await Replay());
    }

    [Fact]
    public async Task A_number_that_is_taken_is_a_failure()
    {
        Write(Atomic(1, Batch("a")));
        Assert.IsType<WriteMessagesSuccessful>(await Next());
        Assert.IsType<WriteMessageSuccess>(await Next());
        Write(Atomic(1, Batch("another")));
        Assert.IsType<WriteMessagesFailed>(await Next());
        Assert.IsType<WriteMessageFailure>(await Next());

        Assert.Equal([(1L, "a")], await Replay());
    }

    [Fact]
    public async Task A_recovery_waits_for_what_was_handed_in_before()
    {
        await using (var database = new ReadModelDatabase(_database.Url, 5, NullLogger<ReadModelDatabase>.Instance))
        await using (var connection = database.Open())
        {
            await using var hold = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("lock table journal in exclusive mode");
            Write(Atomic(1, Batch("a")));
            _journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, "test:one", _asker));
            await Task.Delay(TimeSpan.FromSeconds(1));
            Assert.False(_answers.Reader.TryPeek(out _));
            await hold.CommitAsync();
        }

        // The answers to the write and to the replay come by different ways.
        object[] answers = [await Next(), await Next(), await Next(), await Next()];
        Assert.Single(answers.OfType<WriteMessageSuccess>());
        Assert.Equal(1, Assert.Single(answers.OfType<ReplayedMessage>()).Persistent.SequenceNr);
        Assert.Equal(1, Assert.Single(answers.OfType<RecoverySuccess>()).HighestSequenceNr);
    }

    private static EventBatch Batch(string user) => new([new RecordedEvent(new UserDeleted(user, null, 0, "admin", DateTimeOffset.UnixEpoch))]);

    private static AtomicWrite Atomic(long from, params object[] payloads) =>
        new(payloads.Select((payload, index) => (IPersistentRepresentation)new Persistent(payload, from + index, "test:one")).ToImmutableList());

    private void Write(params AtomicWrite[] writes) => _journal.Tell(new WriteMessages(writes, _asker, 1));

    private Task<object> Next() => _answers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    private async Task<List<(long Number, string User)>> Replay()
    {
        _journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, "test:one", _asker));
        List<(long, string)> seen = [];
        object answer;
        while ((answer = await Next()) is ReplayedMessage { Persistent: { } message })
        {
            seen.Add((message.SequenceNr, ((UserDeleted)((EventBatch)message.Payload).Events.Single().Event).UserId));
        }

        Assert.Equal(seen[^1].Item1, Assert.IsType<RecoverySuccess>(answer).HighestSequenceNr);
        return seen;
    }

    private sealed class Asker(ChannelWriter<object> answers) : UntypedActor
    {
        protected override void OnReceive(object message) => answers.TryWrite(message);
    }

    private sealed record NobodyKnowsIt : IMessage;
}
