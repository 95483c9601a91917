using Akka.Actor;
using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Actors.Engine;

/// <summary>What an entity tells others: signals and announcements, never before what they say is durable.</summary>
public sealed partial class EntityActor<TState, TCommand, TEvent>
{
    private bool _reporting;
    private long? _reportedAt;

    private void Tell(IReadOnlyList<(EntityAddress To, ISignal Signal)> signals, IReadOnlyList<Announcement> announcements)
    {
        foreach (var (to, signal) in signals)
        {
            _runtime.Regions.Tell(to, signal);
        }

        foreach (var announcement in announcements)
        {
            _runtime.Announce(announcement);
        }
    }

    private void ScheduleReport()
    {
        if (_reporting || _definition.ReportAfter <= TimeSpan.Zero)
        {
            return;
        }

        _reporting = true;
        var wait = _reportedAt is { } last ? _definition.ReportAfter - _runtime.Clock.GetElapsedTime(last) : TimeSpan.Zero;
        if (wait > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(ReportDue.Instance, ReportDue.Instance, wait);
        }
        else
        {
            // Behind what is in the mailbox by now, so that it goes into the same report.
            Self.Tell(ReportDue.Instance);
        }
    }

    private void OnReportDue()
    {
        _reporting = false;
        _reportedAt = _runtime.Clock.GetTimestamp();
        var reports = _definition.Report(_state, Now());
        TellWhenDurable(reports);
        if (reports.More)
        {
            ScheduleReport();
        }
    }

    private void TellWhenDurable(in Reports reports)
    {
        if (LastWrite is { } write)
        {
            write.Signals.AddRange(reports.Signals);
            write.Announcements.AddRange(reports.Announcements);
        }
        else
        {
            Tell(reports.Signals, reports.Announcements);
        }
    }

    private sealed class ReportDue : INoSerializationVerificationNeeded
    {
        public static readonly ReportDue Instance = new();
    }
}
