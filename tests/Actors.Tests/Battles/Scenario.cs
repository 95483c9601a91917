using System.Text.Json;
using System.Text.Json.Nodes;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

/// <summary>Given events, when command, then events or rejection. Messages are compared by their JSON, so lists compare by content.</summary>
internal sealed class Scenario<TState, TCommand, TEvent>(EntityDefinition<TState, TCommand, TEvent> definition, string entityId)
    where TState : notnull
    where TCommand : ICommand
    where TEvent : IEvent
{
    public TState State { get; private set; } = definition.Empty(entityId);

    public Scenario<TState, TCommand, TEvent> Given(params IEnumerable<TEvent> events)
    {
        foreach (var @event in events)
        {
            State = definition.Evolve(State, @event);
        }

        return this;
    }

    public Scenario<TState, TCommand, TEvent> Heard(params IEnumerable<ISignal> signals)
    {
        foreach (var signal in signals)
        {
            State = definition.Observe(State, signal);
        }

        return this;
    }

    /// <summary>Judges the command and takes its events in, as the shell does.</summary>
    public Outcome<TEvent> When(TCommand command, DateTimeOffset at)
    {
        var decision = definition.Decide(State, command, at);
        if (decision.First is not null)
        {
            return new Outcome<TEvent>(decision, null);
        }

        Given(decision.Events);
        return new Outcome<TEvent>(decision, decision.Reply ?? definition.ReplyTo(State, decision.Events));
    }

    public TReply Asked<TReply>(IQuery query, DateTimeOffset at)
        where TReply : IReply => Assert.IsType<TReply>(definition.Answer(State, query, at));
}

/// <summary>What came of a command.</summary>
internal sealed record Outcome<TEvent>(Decision<TEvent> Decision, IReply? Reply)
    where TEvent : IEvent
{
    public Outcome<TEvent> Then(params IEnumerable<TEvent> events)
    {
        Assert.Null(Decision.First);
        Wire.Equal(events.Cast<IMessage>(), Decision.Events.Cast<IMessage>());
        return this;
    }

    public Outcome<TEvent> ThenNothingHappens() => Then([]);

    public void Replying(IReply reply) => Wire.Equal([reply], [Reply!]);

    public Rejection ThenRejected(RejectionKind kind, string code, params IEnumerable<TEvent> dueAnyway)
    {
        Then(dueAnyway);
        var rejection = Assert.IsType<Rejection>(Reply);
        Assert.Equal((kind, code), (rejection.Kind, rejection.Code));
        return rejection;
    }

    public void ThenFaultyFields(params string[] fields)
    {
        var details = ThenRejected(RejectionKind.Invalid, "validation_error").Details;
        Assert.Equal(fields.Order(StringComparer.Ordinal), details!.Keys.Order(StringComparer.Ordinal));
        Assert.All(details.Values, problem => Assert.NotEmpty(problem));
    }

    public Question ThenAsks(Question question)
    {
        Assert.Equal(question, Decision.First);
        Assert.Empty(Decision.Events);
        return question;
    }

    public Outcome<TEvent> Forgetting(string key)
    {
        Assert.Equal(key, Decision.Forget);
        return this;
    }

    public Outcome<TEvent> ForgettingNothing()
    {
        Assert.Null(Decision.Forget);
        return this;
    }
}

/// <summary>Messages as the journal writes them.</summary>
internal static class Wire
{
    private static readonly MessageCatalogue Catalogue =
        ActorsSetup.Catalogue(ActorsSetup.Capabilities(new NodeOptions { DatabaseUrl = "sqlite:none" }));

    public static string Json(IMessage message)
    {
        var entry = Catalogue.Of(message);
        return $"{entry.Manifest} {JsonSerializer.Serialize(message, entry.Json)}";
    }

    public static T RoundTrip<T>(T message)
        where T : IMessage
    {
        var entry = Catalogue.Of(message);
        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(message, entry.Json));
        return (T)entry.Read(ref reader);
    }

    public static void Equal(IEnumerable<IMessage> expected, IEnumerable<IMessage> actual) =>
        Assert.Equal(expected.Select(Json), actual.Select(Json));

    /// <summary>A snapshot in a form that does not depend on the order in which things lie in memory.</summary>
    public static string Frozen(ISnapshot snapshot) =>
        Sorted(JsonSerializer.SerializeToNode(snapshot, Catalogue.Of(snapshot).Json))!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonArray array => new JsonArray([.. array.Select(Sorted).OrderBy(item => item?.ToJsonString(), StringComparer.Ordinal)]),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        _ => node?.DeepClone(),
    };
}
