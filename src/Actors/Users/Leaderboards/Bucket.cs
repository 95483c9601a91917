namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>The points that came to one person in one hour. Buckets leave a window in the order of their hours, within an hour in that of the numbers.</summary>
/// <param name="Hour">As of <see cref="Boards.HourOf"/>.</param>
/// <param name="Number">The person.</param>
public readonly record struct Bucket(long Hour, long Number) : IComparable<Bucket>
{
    public static bool operator <(Bucket left, Bucket right) => left.CompareTo(right) < 0;

    public static bool operator >(Bucket left, Bucket right) => left.CompareTo(right) > 0;

    public static bool operator <=(Bucket left, Bucket right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Bucket left, Bucket right) => left.CompareTo(right) >= 0;

    /// <summary>The end of an hour: no bucket of it comes after.</summary>
    public static Bucket EndOf(long hour) => new(hour, long.MaxValue);

    /// <inheritdoc />
    public int CompareTo(Bucket other) => Hour != other.Hour ? Hour.CompareTo(other.Hour) : Number.CompareTo(other.Number);
}
