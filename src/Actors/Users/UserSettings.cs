using Akka.Configuration;
using WildNOut.Actors.Engine.Policies;

namespace WildNOut.Actors.Users;

/// <summary>What a deployment sets for users, from <c>wildnout.points</c> in HOCON.</summary>
/// <param name="Points">What deeds earn.</param>
/// <param name="BriskDeed">How long it takes to tell a user of a deed when there is nothing else to do; see <see cref="Engine.Policies.Policy.Brisk"/>.</param>
public sealed record UserSettings(PointRules Points, TimeSpan BriskDeed)
{
    /// <summary>Reads and judges the settings.</summary>
    /// <exception cref="InvalidOperationException">A value is out of range; all that are, are named.</exception>
    public static UserSettings Read(Config config)
    {
        var points = config.GetConfig("wildnout.points");
        var faults = new List<string>();
        var settings = new UserSettings(
            new PointRules(
                Amount("entry"),
                [.. points.GetLongList("ranks")],
                Amount("vote"),
                Amount("votes-a-day"),
                Amount("content")),
            points.GetTimeSpan("brisk-deed"));
        if (settings.BriskDeed < TimeSpan.Zero || settings.BriskDeed > DutyCycle.Longest)
        {
            faults.Add($"wildnout.points.brisk-deed must be a time from 0 to {DutyCycle.Longest.TotalMilliseconds:0} ms");
        }

        if (settings.Points.Ranks.Any(amount => amount is < 0 or > UserValidation.MostPoints))
        {
            faults.Add($"wildnout.points.ranks must be numbers from 0 to {UserValidation.MostPoints}");
        }

        return faults.Count == 0 ? settings : throw new InvalidOperationException(string.Join("; ", faults) + ".");

        long Amount(string name) => Number(name, 0, UserValidation.MostPoints);

        long Number(string name, long least, long most)
        {
            var value = points.GetLong(name, -1);
            if (value < least || value > most)
            {
                faults.Add($"wildnout.points.{name} must be a number from {least} to {most}");
            }

            return Math.Clamp(value, least, most);
        }
    }
}
