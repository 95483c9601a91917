using System.Globalization;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.Mapping;

namespace WildNOut.Actors.Engine.ReadModel;

/// <summary>Constants of a deployment, kept beside its journal: the first start writes them, and a later start with other values is refused.</summary>
public static class Deployment
{
    /// <summary>The key of the number of ballot boxes.</summary>
    public const string BallotBoxes = "ballot-boxes";

    /// <summary>Pins a constant. Safe when many nodes do it at once.</summary>
    /// <param name="database">Where the deployment lives.</param>
    /// <param name="key">The constant.</param>
    /// <param name="value">What this node is told.</param>
    /// <param name="variable">The environment variable that tells it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidOperationException">The deployment was started with another value.</exception>
    public static async Task PinAsync(ReadModelDatabase database, string key, int value, string variable, CancellationToken cancellation = default)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        await using var connection = database.Open();
        await connection.ExecuteAsync(
            "insert into deployment (name, value) values (@name, @value) on conflict (name) do nothing",
            cancellation,
            new DataParameter("name", key),
            new DataParameter("value", text));
        var pinned = await connection.GetTable<Row>().Where(row => row.Name == key).Select(row => row.Value).SingleAsync(cancellation);
        if (pinned != text)
        {
            throw new InvalidOperationException(
                $"This database belongs to a deployment with {key} = {pinned}, and the node is configured with {text}. "
                + $"The value is fixed when a deployment first starts: set {variable} to {pinned}, or use another database.");
        }
    }

    [Table("deployment")]
    private sealed record Row
    {
        [Column("name"), PrimaryKey]
        public string Name { get; init; } = "";

        [Column("value")]
        public string Value { get; init; } = "";
    }
}
