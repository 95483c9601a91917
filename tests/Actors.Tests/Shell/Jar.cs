using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Actors.Tests.Shell;

/// <summary>The smallest entity that uses all of the shell: a jar of coins.</summary>
public interface IJarCommand : ICommand;

public interface IJarEvent : IEvent;

public sealed record Put(int Coins) : IJarCommand;

public sealed record Take(int Coins) : IJarCommand;

/// <summary>Needs the lender's word first.</summary>
public sealed record Borrow : IJarCommand;

public sealed record Lend(int Coins) : IJarCommand;

/// <summary>Makes an answer of the lender that is under way count for nothing.</summary>
public sealed record Refuse : IJarCommand;

/// <summary>Owes the lender a note until it has heard it.</summary>
public sealed record Owe : IJarCommand;

public sealed record Settle : IJarCommand;

public sealed record AskLender : IJarCommand;

public sealed record Level : IQuery;

public sealed record Peek(int Coins) : ISignal;

public sealed record Filled(int Coins) : IJarEvent;

public sealed record Emptied(int Coins) : IJarEvent;

public sealed record Owed(bool Open) : IJarEvent;

public sealed record Coins(int Count, int Changes) : IReply;

public sealed record Granted(int Coins) : IReply;

public sealed record JarSnapshot(int Count, int Changes, int Lent, bool Owes) : ISnapshot;

public sealed record Jar(int Count, int Changes, int Lent, bool Owes)
{
    public int Peeked { get; init; }
}

public class JarDefinition : EntityDefinition<Jar, IJarCommand, IJarEvent>
{
    public static readonly EntityAddress Lender = new("lender", "one");

    public override string Region => "jar";

    public override int RememberedCommands => 3;

    public override int SnapshotAfter => 5;

    public override TimeSpan ReportAfter => TimeSpan.FromMilliseconds(20);

    public override Jar Empty(string entityId) => new(0, 0, 0, false);

    public override Decision<IJarEvent> Decide(Jar state, IJarCommand command, DateTimeOffset now) => command switch
    {
        Put put => Decision<IJarEvent>.Accept(new Filled(put.Coins)),
        Take take when take.Coins <= state.Count => Decision<IJarEvent>.Accept(new Emptied(take.Coins)),
        Take => Decision<IJarEvent>.Reject(Rejection.Conflict("empty", "Not that many coins.")),
        Borrow when state.Lent == 0 => Decision<IJarEvent>.Await(new Question("loan", Lender, new AskLender())),
        Borrow => Decision<IJarEvent>.Answer(new Coins(state.Lent, state.Changes)),
        Lend lend => Decision<IJarEvent>.Accept(new Filled(lend.Coins)),
        Refuse => Decision<IJarEvent>.Answer(new Coins(state.Count, state.Changes)).Forgetting("loan"),
        Owe => Decision<IJarEvent>.Accept(new Owed(true)),
        Settle => Decision<IJarEvent>.Accept(new Owed(false)),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    public override Jar Evolve(Jar state, IJarEvent @event) => @event switch
    {
        Filled filled => state with { Count = state.Count + filled.Coins, Changes = state.Changes + 1, Lent = filled.Coins >= 1_000 ? filled.Coins : state.Lent },
        Emptied emptied => state with { Count = state.Count - emptied.Coins, Changes = state.Changes + 1 },
        Owed owed => state with { Owes = owed.Open, Changes = state.Changes + 1 },
        _ => state,
    };

    public override IReply Answer(Jar state, IQuery query, DateTimeOffset now) => new Coins(state.Count, state.Changes);

    public override IReply ReplyTo(Jar state, IReadOnlyList<IJarEvent> events) => new Coins(state.Count, state.Changes);

    public override Jar Observe(Jar state, ISignal signal) => state with { Peeked = ((Peek)signal).Coins };

    public override IEnumerable<Announcement> Announce(Jar state, IJarEvent @event) =>
        [Announcement.Of("jars", "jar.changed", DateTimeOffset.UnixEpoch, state.Count, JarJson.Default.Int32)];

    public override Reports Report(Jar state, DateTimeOffset now) => new([(Lender, new Peek(state.Count))], []);

    public override IReadOnlyList<Question> Outbox(Jar state) => state.Owes ? [new Question("debt", Lender, new AskLender())] : [];

    public override IJarCommand? Hear(string key, IReply answer) => (key, answer) switch
    {
        ("loan", Granted granted) => new Lend(granted.Coins),
        ("debt", Granted) => new Settle(),
        _ => null,
    };

    public override ISnapshot Freeze(Jar state) => new JarSnapshot(state.Count, state.Changes, state.Lent, state.Owes);

    public override Jar Thaw(string entityId, ISnapshot snapshot) =>
        snapshot is JarSnapshot jar ? new Jar(jar.Count, jar.Changes, jar.Lent, jar.Owes) : throw new ArgumentException("no jar", nameof(snapshot));

    public static void List(MessageCatalogue.Builder catalogue) => catalogue
        .Add("jar.put.v1", JarJson.Default.Put)
        .Add("jar.take.v1", JarJson.Default.Take)
        .Add("jar.borrow.v1", JarJson.Default.Borrow)
        .Add("jar.ask-lender.v1", JarJson.Default.AskLender)
        .Add("jar.refuse.v1", JarJson.Default.Refuse)
        .Add("jar.owe.v1", JarJson.Default.Owe)
        .Add("jar.level.v1", JarJson.Default.Level)
        .Add("jar.peek.v1", JarJson.Default.Peek)
        .Add("jar.filled.v1", JarJson.Default.Filled)
        .Add("jar.emptied.v1", JarJson.Default.Emptied)
        .Add("jar.owed.v1", JarJson.Default.Owed)
        .Add("jar.coins.v1", JarJson.Default.Coins)
        .Add("jar.granted.v1", JarJson.Default.Granted)
        .Add("jar.snapshot.v1", JarJson.Default.JarSnapshot);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Put))]
[JsonSerializable(typeof(Take))]
[JsonSerializable(typeof(Borrow))]
[JsonSerializable(typeof(AskLender))]
[JsonSerializable(typeof(Refuse))]
[JsonSerializable(typeof(Owe))]
[JsonSerializable(typeof(Level))]
[JsonSerializable(typeof(Peek))]
[JsonSerializable(typeof(Filled))]
[JsonSerializable(typeof(Emptied))]
[JsonSerializable(typeof(Owed))]
[JsonSerializable(typeof(Coins))]
[JsonSerializable(typeof(Granted))]
[JsonSerializable(typeof(JarSnapshot))]
[JsonSerializable(typeof(int))]
internal sealed partial class JarJson : JsonSerializerContext;
