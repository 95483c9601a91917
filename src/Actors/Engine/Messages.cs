namespace WildNOut.Actors.Engine;

/// <summary>
/// Anything that may travel between nodes or rest in the journal. Every implementation is listed in the
/// <see cref="MessageCatalogue"/> under a manifest that never changes.
/// </summary>
public interface IMessage;

/// <summary>A wish addressed to one entity, in the imperative: it may be refused.</summary>
public interface ICommand : IMessage;

/// <summary>A command that may be sent again when no answer to it came: its receiver takes the repeat for what it is, not for a second wish.</summary>
public interface IRepeatable : ICommand
{
    /// <summary>What is sent in place of the command when it is sent again.</summary>
    ICommand Again();
}

/// <summary>A fact, in the past tense: it is never refused and never changed.</summary>
public interface IEvent : IMessage;

/// <summary>A question to one entity; answering it changes nothing.</summary>
public interface IQuery : IMessage;

/// <summary>An answer to a command or a query.</summary>
public interface IReply : IMessage;

/// <summary>
/// A transient report between entities: absolute (never a delta), so a loss or a repeat does no harm. It changes
/// only what an entity keeps in memory and is never journalled.
/// </summary>
public interface ISignal : IMessage;

/// <summary>The state of an entity in the form in which a snapshot keeps it.</summary>
public interface ISnapshot : IMessage;
