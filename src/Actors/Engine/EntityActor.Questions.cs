using Akka.Actor;

namespace WildNOut.Actors.Engine;

/// <summary>What an entity asks of others: what a command needs to know before it is decided, and what the entity owes.</summary>
public sealed partial class EntityActor<TState, TCommand, TEvent>
{
    private static readonly TimeSpan OutboxInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(3);

    private readonly Questions _questions = new();

    /// <summary>Sends what is owed to others and not under way, judged by durable facts only, and looks again in a second.</summary>
    private void PumpOutbox()
    {
        if (LastWrite is not null)
        {
            return;
        }

        var owed = _definition.Outbox(_state);
        for (var i = 0; i < owed.Count; i++)
        {
            Ask(owed[i]);
        }

        if (owed.Count > 0)
        {
            Timers.StartSingleTimer(OutboxDue.Instance, OutboxDue.Instance, OutboxInterval);
        }
    }

    private void Ask(Question question)
    {
        if (_questions.Ask(question.Key) is { } number)
        {
            _runtime.Regions.AskAsync(question.Target, question.Command, QuestionTimeout)
                .PipeTo(
                    Self,
                    success: answer => new Answered(question.Key, number, answer is Done done ? done.Reply : answer),
                    failure: _ => new Answered(question.Key, number, null));
        }
    }

    private void OnAnswered(Answered answered)
    {
        if (_questions.Close(answered.Key, answered.Number) is not { } waiting)
        {
            return;
        }

        if (answered.Answer is ISignal signal)
        {
            _state = _definition.Observe(_state, signal);
            ScheduleReport();
        }

        if (answered.Answer is Rejection rejection)
        {
            RefuseAll(waiting, rejection);
        }
        else if (answered.Answer is { } answer and not Unavailable && _definition.Hear(answered.Key, answer) is { } command)
        {
            if (Record(_definition.Decide(_state, command, Now()), null) is Rejection refused)
            {
                RefuseAll(waiting, refused);
            }
            else
            {
                JudgeAgain(waiting);
            }

            Flush();
        }
        else
        {
            foreach (var (_, sender) in waiting)
            {
                Fail(sender);
            }
        }
    }

    private void RefuseAll(IReadOnlyList<(Envelope Envelope, IActorRef Sender)> waiting, Rejection rejection)
    {
        foreach (var (_, sender) in waiting)
        {
            Reply(sender, rejection);
        }
    }

    private void JudgeAgain(IReadOnlyList<(Envelope Envelope, IActorRef Sender)> waiting)
    {
        foreach (var (envelope, sender) in waiting)
        {
            Handle(envelope, sender);
        }
    }

    private sealed record Answered(string Key, long Number, IReply? Answer) : INoSerializationVerificationNeeded;

    private sealed class OutboxDue : INoSerializationVerificationNeeded
    {
        public static readonly OutboxDue Instance = new();
    }
}
