using System.Text.Json.Serialization;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>Days in a row.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
public readonly record struct DayRun(DateOnly From, DateOnly To)
{
    /// <summary>How many days it has.</summary>
    [JsonIgnore]
    public int Length => To.DayNumber - From.DayNumber + 1;

    /// <summary>Whether a day is in the run or next to it.</summary>
    public bool Touches(DateOnly day) => day.DayNumber >= From.DayNumber - 1 && day.DayNumber <= To.DayNumber + 1;

    /// <summary>The run from the first to the last day of both.</summary>
    public DayRun Join(DayRun other) => new(From < other.From ? From : other.From, To > other.To ? To : other.To);
}

/// <summary>
/// The days, in UTC, on which a user was seen, as runs: days may come late, twice and in any order, and make the same streaks. Only the newest runs are
/// kept, so a day that comes later than that many broken streaks counts for nothing.
/// </summary>
/// <param name="Runs">In order, with at least one day missing between any two.</param>
/// <param name="Longest">The most days in a row there ever were.</param>
public sealed record LoginDays(IReadOnlyList<DayRun> Runs, int Longest)
{
    /// <summary>How many runs are kept.</summary>
    public const int MostRuns = 8;

    /// <summary>Never seen.</summary>
    public static readonly LoginDays None = new([], 0);

    /// <summary>The length of the newest run, whether or not it goes on.</summary>
    [JsonIgnore]
    public int Newest => Runs.Count == 0 ? 0 : Runs[^1].Length;

    /// <summary>The length of the run that is under way on a day: one that ended before the day before is broken.</summary>
    public int At(DateOnly today) => Runs.Count > 0 && Runs[^1].To.DayNumber >= today.DayNumber - 1 ? Runs[^1].Length : 0;

    /// <summary>The user was seen on a day; the same value when that is known already or too old to matter.</summary>
    public LoginDays See(DateOnly day)
    {
        if (Runs.Any(run => run.From <= day && day <= run.To) || (Runs.Count == MostRuns && day < Runs[0].From && !Runs[0].Touches(day)))
        {
            return this;
        }

        var joined = Runs.Where(run => run.Touches(day)).Aggregate(new DayRun(day, day), (all, run) => all.Join(run));
        DayRun[] runs = [.. Runs.Where(run => !run.Touches(day)).Append(joined).OrderBy(run => run.From).TakeLast(MostRuns)];
        return new LoginDays(runs, Math.Max(Longest, joined.Length));
    }

    /// <inheritdoc />
    public bool Equals(LoginDays? other) => other is not null && Longest == other.Longest && Runs.SequenceEqual(other.Runs);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Longest, Runs.Count, Newest);
}
