using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using WildNOut.Actors.Engine.Journal;

namespace WildNOut.Actors.Engine;

/// <summary>
/// The one shell of every durable entity: decide → persist → reply → announce, with pipelined group commit. While a row is being written
/// the entity goes on deciding against the state that includes it; what it decides meanwhile becomes the next row. Every reply and every
/// read leaves only when all it depends on is durable. When a write fails the entity stops, its state goes with it, and everybody who waits
/// hears <see cref="Unavailable"/>.
/// </summary>
public sealed partial class EntityActor<TState, TCommand, TEvent> : UntypedPersistentActor, IWithTimers
    where TState : notnull
    where TCommand : ICommand
    where TEvent : IEvent
{
    /// <summary>Callers who may wait for one entity at a time; beyond that they hear <see cref="Unavailable"/> at once.</summary>
    public const int MaxWaiting = 20_000;

    private readonly EntityDefinition<TState, TCommand, TEvent> _definition;
    private readonly EntityRuntime _runtime;
    private readonly string _entityId;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Outcomes _outcomes;
    private readonly Action<EventBatch> _onWritten;

    private TState _state;
    private PendingWrite _next = new();
    private PendingWrite _underWay = new();
    private DateTimeOffset _now;
    private long _rows;
    private long _writeStarted;
    private bool _writing;
    private bool _failed;
    private bool _stopping;

    /// <summary>The entity of this id.</summary>
    public EntityActor(EntityDefinition<TState, TCommand, TEvent> definition, string entityId, EntityRuntime runtime)
    {
        _definition = definition;
        _runtime = runtime;
        _entityId = entityId;
        _state = definition.Empty(entityId);
        _outcomes = new Outcomes(definition.RememberedCommands);
        _onWritten = OnWritten;
        PersistenceId = new EntityAddress(definition.Region, entityId).PersistenceId;
        // Entities under the same load would otherwise all take their snapshots at the same moment.
        _snapshotAfter = definition.SnapshotAfter + StableHash.Bucket(PersistenceId, definition.SnapshotAfter / 2 + 1);
        _snapshotMayWait = definition.SnapshotMayWait + StableHash.Bucket(PersistenceId, definition.SnapshotMayWait / 2 + 1);
    }

    /// <inheritdoc />
    public override string PersistenceId { get; }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How an entity of this definition is made.</summary>
    public static Props Props(EntityDefinition<TState, TCommand, TEvent> definition, string entityId, EntityRuntime runtime) =>
        Akka.Actor.Props.Create(() => new EntityActor<TState, TCommand, TEvent>(definition, entityId, runtime));

    /// <inheritdoc />
    protected override void PreStart()
    {
        EntityMetrics.Live.Add(1);
        base.PreStart();
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        EntityMetrics.Live.Add(-1);
        FailAllWaiting();
        base.PostStop();
    }

    /// <inheritdoc />
    protected override void PreRestart(Exception reason, object message)
    {
        if (message is Envelope { Message: not ISignal })
        {
            Fail(Sender);
        }

        base.PreRestart(reason, message);
    }

    /// <inheritdoc />
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: EntitySnapshot snapshot }:
                _state = _definition.Thaw(_entityId, snapshot.State);
                _weightOfSnapshot = _definition.Weight(_state);
                foreach (var outcome in snapshot.Remembered)
                {
                    _outcomes.Add(outcome);
                }

                break;
            case EventBatch batch:
                Replay(batch);
                break;
            case RecoveryCompleted:
                _rows = LastSequenceNr;
                LookWhenDue();
                PumpOutbox();
                // What the entity had not told anybody when it last stopped is told now.
                ScheduleReport();
                break;
        }
    }

    /// <inheritdoc />
    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Envelope envelope: Handle(envelope, Sender); break;
            case Answered answered: OnAnswered(answered); break;
            case ReportDue: OnReportDue(); break;
            case OutboxDue: PumpOutbox(); break;
            case QuietLook: OnQuietLook(); break;
            case StopEntity: Leave(); break;
            case SaveSnapshotSuccess saved: DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1)); break;
            case SaveSnapshotFailure failed: _log.Warning(failed.Cause, "{0}: snapshot at {1} failed; the next one will do", PersistenceId, failed.Metadata.SequenceNr); break;
            case DeleteSnapshotsSuccess or DeleteSnapshotsFailure: break;
            default: Unhandled(message); break;
        }
    }

    /// <inheritdoc />
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        _failed = true;
        _log.Error(cause, "{0}: writing row {1} failed; the entity stops and its callers are told", PersistenceId, sequenceNr);
    }

    /// <inheritdoc />
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        _failed = true;
        _log.Error(cause, "{0}: row {1} was rejected; the entity stops and its callers are told", PersistenceId, sequenceNr);
        Context.Stop(Self);
    }

    private void Handle(Envelope envelope, IActorRef sender)
    {
        if (envelope.Message is ISignal signal and not ICommand)
        {
            _state = _definition.Observe(_state, signal);
            ScheduleReport();
        }
        else if (_failed || _next.Replies.Count + _questions.Waiting >= MaxWaiting)
        {
            Fail(sender);
        }
        else if (envelope.Message is TCommand command)
        {
            Judge(command, envelope, sender);
        }
        else if (envelope.Message is IQuery query)
        {
            Reply(sender, _definition.Answer(_state, query, Now()));
        }
        else
        {
            Unhandled(envelope);
        }
    }

    private void Judge(TCommand command, Envelope envelope, IActorRef sender)
    {
        if (_outcomes.Find(envelope.CommandId) is { } outcome)
        {
            Reply(sender, outcome.Fingerprint == envelope.Fingerprint ? new Done(outcome.Reply, LastRow) : Rejection.IdempotencyMismatch);
            return;
        }

        var decision = _definition.Decide(_state, command, Now());
        if (decision.First is { } question)
        {
            Ask(question);
            _questions.Wait(question.Key, envelope, sender);
            return;
        }

        Reply(sender, Record(decision, envelope));
        Flush();
        if (decision.Forget is { } key)
        {
            JudgeAgain(_questions.Forget(key));
        }
    }

    /// <summary>Takes a decision's events into the state and the next row, and gives its reply.</summary>
    private IReply Record(Decision<TEvent> decision, Envelope? cause)
    {
        var events = decision.Events;
        var remembered = decision.Reply is null && cause?.CommandId is not null && _outcomes.Remembers ? cause : null;
        for (var i = 0; i < events.Count; i++)
        {
            _state = _definition.Evolve(_state, events[i]);
            _next.Events.Add(new RecordedEvent(events[i], remembered?.CommandId, remembered?.Fingerprint));
            _next.Announcements.AddRange(_definition.Announce(_state, events[i]));
        }

        if (events.Count > 0)
        {
            ScheduleReport();
        }

        var reply = decision.Reply ?? _definition.ReplyTo(_state, events);
        if (remembered is { CommandId: { } id })
        {
            _outcomes.Add(new RememberedOutcome(id, remembered.Fingerprint, reply));
        }

        return reply is Rejection ? reply : new Done(reply, LastRow);
    }

    /// <summary>The row that everything decided so far is in.</summary>
    private long LastRow => _next.Events.Count > 0 ? _rows + 1 : _rows;

    /// <summary>Answers when everything decided so far is durable.</summary>
    private void Reply(IActorRef to, IReply reply)
    {
        if (LastWrite is { } write)
        {
            write.Replies.Add((to, reply));
        }
        else
        {
            to.Tell(reply, ActorRefs.NoSender);
        }
    }

    private PendingWrite? LastWrite => _next.Events.Count > 0 ? _next : _writing ? _underWay : null;

    private void Flush()
    {
        if (_writing || _next.Events.Count == 0)
        {
            return;
        }

        (_next, _underWay) = (_underWay, _next);
        _writing = true;
        _rows++;
        CountForSnapshot(_underWay.Events.Count);
        _writeStarted = _runtime.Clock.GetTimestamp();
        EntityMetrics.BatchSize.Record(_underWay.Events.Count);
        PersistAsync(_underWay.TakeBatch(), _onWritten);
    }

    private void OnWritten(EventBatch batch)
    {
        EntityMetrics.WriteLatency.Record(_runtime.Clock.GetElapsedTime(_writeStarted).TotalMilliseconds);
        SaveFrozen();
        var written = _underWay;
        _writing = false;
        Flush();
        foreach (var (to, reply) in written.Replies)
        {
            to.Tell(reply, ActorRefs.NoSender);
        }

        Tell(written.Signals, written.Announcements);
        written.Clear();
        PumpOutbox();
        StopWhenIdle();
    }

    /// <summary>Stops when what is under way is durable, with nothing untold: nobody may ask for this entity again soon.</summary>
    private void Leave()
    {
        _stopping = true;
        TellWhenDurable(_definition.LastReport(_state, Now()));
        StopWhenIdle();
    }

    private void Replay(EventBatch batch)
    {
        List<TEvent> ofOneCommand = [];
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var recorded = batch.Events[i];
            var @event = (TEvent)recorded.Event;
            _state = _definition.Evolve(_state, @event);
            if (recorded.CommandId is not { } id)
            {
                continue;
            }

            ofOneCommand.Add(@event);
            if (i + 1 == batch.Events.Count || batch.Events[i + 1].CommandId != id)
            {
                _outcomes.Add(new RememberedOutcome(id, recorded.Fingerprint, _definition.ReplyTo(_state, [.. ofOneCommand])));
                ofOneCommand.Clear();
            }
        }

        _eventsSinceSnapshot += batch.Events.Count;
    }

    private void StopWhenIdle()
    {
        if (_stopping && LastWrite is null)
        {
            Context.Stop(Self);
        }
    }

    private void FailAllWaiting()
    {
        foreach (var (to, _) in _underWay.Replies.Concat(_next.Replies))
        {
            Fail(to);
        }

        foreach (var sender in _questions.AllWaiting)
        {
            Fail(sender);
        }
    }

    private static void Fail(IActorRef to)
    {
        EntityMetrics.Unavailable.Add(1);
        to.Tell(new Unavailable("The entity could not finish; the command may or may not have been applied."), ActorRefs.NoSender);
    }

    /// <summary>Whole milliseconds that never go back, so that a later decision is never judged by an earlier time.</summary>
    private DateTimeOffset Now()
    {
        var now = Instants.Truncate(_runtime.Clock.GetUtcNow());
        return _now = now > _now ? now : _now;
    }
}
