using Akka.Actor;
using WildNOut.Actors.Engine.Journal;

namespace WildNOut.Actors.Engine;

/// <summary>
/// When an entity takes a snapshot: after so many events, or as many as the last one holds. A large one is work that everybody else on the machine feels, and only the
/// next start is in need of it, so it waits until little happens, for some time.
/// </summary>
public sealed partial class EntityActor<TState, TCommand, TEvent>
{
    /// <summary>How often an entity that owes a snapshot looks whether it is quiet; each adds up to as much, since they become quiet together.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>An entity is quiet when fewer events came between two looks than this part of the least number between two snapshots.</summary>
    private const int QuietPart = 200;

    private readonly int _snapshotAfter;
    private readonly int _snapshotMayWait;
    private EntitySnapshot? _frozen;
    private long _eventsSinceSnapshot;
    private long _eventsAtLook;
    private int _weightOfSnapshot;
    private bool _looking;
    private bool _quiet;

    private long SnapshotDue => Math.Max(_snapshotAfter, _weightOfSnapshot);

    /// <summary>Counts the events of a row that is about to be written, which the state has already; it may be the one that the snapshot follows.</summary>
    private void CountForSnapshot(int events)
    {
        _eventsSinceSnapshot += events;
        if (_quiet || _eventsSinceSnapshot >= SnapshotDue + _snapshotMayWait)
        {
            Freeze();
        }
        else
        {
            LookWhenDue();
        }
    }

    private void LookWhenDue()
    {
        if (!_looking && _snapshotMayWait > 0 && _eventsSinceSnapshot >= SnapshotDue)
        {
            _looking = true;
            _eventsAtLook = _eventsSinceSnapshot;
            Timers.StartSingleTimer(
                QuietLook.Instance, QuietLook.Instance, BetweenLooks + TimeSpan.FromMilliseconds(StableHash.Bucket(PersistenceId, (int)BetweenLooks.TotalMilliseconds)));
        }
    }

    /// <summary>Once it is quiet, the snapshot is taken: at once, or with the next row where one is under way.</summary>
    private void OnQuietLook()
    {
        _looking = false;
        _quiet = _eventsSinceSnapshot >= SnapshotDue && _eventsSinceSnapshot - _eventsAtLook < Math.Max(1, _definition.SnapshotAfter / QuietPart);
        if (_quiet && LastWrite is null)
        {
            Freeze();
            SaveFrozen();
        }
        else
        {
            LookWhenDue();
        }
    }

    private void Freeze()
    {
        _frozen = new EntitySnapshot(_definition.Freeze(_state), _outcomes.All);
        _weightOfSnapshot = _definition.Weight(_state);
        (_eventsSinceSnapshot, _eventsAtLook, _quiet) = (0, 0, false);
    }

    /// <summary>Saves what was frozen, once the last row in it is durable.</summary>
    private void SaveFrozen()
    {
        if (_frozen is not null)
        {
            SaveSnapshot(_frozen);
            _frozen = null;
        }
    }

    private sealed class QuietLook : INoSerializationVerificationNeeded
    {
        public static readonly QuietLook Instance = new();
    }
}
