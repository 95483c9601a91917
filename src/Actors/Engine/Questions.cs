using Akka.Actor;

namespace WildNOut.Actors.Engine;

/// <summary>
/// Questions under way to other entities, one a key, each with the commands that wait for its answer. Numbers tell an answer that is still
/// wanted from one that was forgotten in the meantime.
/// </summary>
internal sealed class Questions
{
    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);
    private long _number;

    /// <summary>Opens the question of this key, unless it is open, and returns the number of a new one.</summary>
    public long? Ask(string key)
    {
        if (_open.ContainsKey(key))
        {
            return null;
        }

        _open.Add(key, new Open(++_number));
        return _number;
    }

    /// <summary>Commands that wait for an answer.</summary>
    public int Waiting { get; private set; }

    public void Wait(string key, Envelope envelope, IActorRef sender)
    {
        _open[key].Waiting.Add((envelope, sender));
        Waiting++;
    }

    /// <summary>Closes a question and gives back who waited; null when this answer is not wanted any more.</summary>
    public IReadOnlyList<(Envelope Envelope, IActorRef Sender)>? Close(string key, long number)
    {
        if (!_open.TryGetValue(key, out var open) || open.Number != number)
        {
            return null;
        }

        return Forget(key);
    }

    /// <summary>Makes the answer under way count for nothing and gives back who waited for it.</summary>
    public IReadOnlyList<(Envelope Envelope, IActorRef Sender)> Forget(string key)
    {
        if (!_open.Remove(key, out var open))
        {
            return [];
        }

        Waiting -= open.Waiting.Count;
        return open.Waiting;
    }

    public IEnumerable<IActorRef> AllWaiting => _open.Values.SelectMany(open => open.Waiting).Select(waiting => waiting.Sender);

    private sealed class Open(long number)
    {
        public long Number => number;

        public List<(Envelope Envelope, IActorRef Sender)> Waiting { get; } = [];
    }
}
