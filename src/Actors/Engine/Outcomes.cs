using WildNOut.Actors.Engine.Journal;

namespace WildNOut.Actors.Engine;

/// <summary>The outcomes of the newest commands that had an id, so that a repeat gets the first answer. Rebuilt from the entity's own events.</summary>
internal sealed class Outcomes(int capacity)
{
    private readonly Dictionary<string, RememberedOutcome> _byCommand = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool Remembers => capacity > 0;

    public IReadOnlyList<RememberedOutcome> All => [.. _order.Select(id => _byCommand[id])];

    public RememberedOutcome? Find(string? commandId) =>
        commandId is not null && _byCommand.TryGetValue(commandId, out var outcome) ? outcome : null;

    public void Add(RememberedOutcome outcome)
    {
        if (!Remembers || !_byCommand.TryAdd(outcome.CommandId, outcome))
        {
            return;
        }

        _order.Enqueue(outcome.CommandId);
        if (_order.Count > capacity)
        {
            _byCommand.Remove(_order.Dequeue());
        }
    }
}
