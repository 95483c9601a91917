using System.Text.Json;
using Npgsql;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Cluster.Tests;

/// <summary>Carries the feed's events out anew, straight from the journal and without any of the platform's code: what the entity holds, position by position.</summary>
public sealed class FeedJournal
{
    private readonly SortedDictionary<long, (ulong Slot, string Signature, int Index)> _standing = [];

    private FeedJournal()
    {
    }

    /// <summary>The position of the newest line.</summary>
    public long Position { get; private set; }

    /// <summary>How many movements were withdrawn.</summary>
    public int Withdrawn { get; private set; }

    /// <summary>What stands, in the order of the feed.</summary>
    public IEnumerable<(long Position, ulong Slot, string Signature, int Index)> Standing =>
        _standing.Select(line => (line.Key, line.Value.Slot, line.Value.Signature, line.Value.Index));

    /// <summary>Reads the feed of a mint.</summary>
    public static async Task<FeedJournal> Read(string databaseUrl, string mint)
    {
        var feed = new FeedJournal();
        await using var database = Postgres.Unpooled(databaseUrl);
        await using var command = database.CreateCommand("SELECT message FROM journal WHERE persistence_id = $1 ORDER BY sequence_number");
        command.Parameters.Add(new NpgsqlParameter { Value = $"token-feed:{mint}" });
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            using var batch = JsonDocument.Parse(rows.GetFieldValue<byte[]>(0));
            foreach (var recorded in batch.RootElement.GetProperty("events").EnumerateArray())
            {
                feed.Take(recorded.GetProperty("type").GetString()!, recorded.GetProperty("data"));
            }
        }

        return feed;
    }

    private void Take(string type, JsonElement data)
    {
        switch (type)
        {
            case "token.blocks-recorded.v1":
                Next(data.GetProperty("first").GetInt64());
                foreach (var block in data.GetProperty("blocks").EnumerateArray())
                {
                    var slot = block.GetProperty("id").GetProperty("slot").GetUInt64();
                    foreach (var movement in block.GetProperty("movements").EnumerateArray())
                    {
                        _standing.Add(++Position, (slot, movement.GetProperty("signature").GetString()!, movement.GetProperty("index").GetInt32()));
                    }
                }

                break;
            case "token.blocks-withdrawn.v1":
                Next(data.GetProperty("first").GetInt64());
                foreach (var line in data.GetProperty("lines").EnumerateArray())
                {
                    Position++;
                    Withdrawn++;
                    Assert.True(_standing.Remove(line.GetProperty("position").GetInt64()), "A movement is withdrawn that does not stand.");
                }

                break;
            case "token.blocks-finalized.v1":
                break;
            default:
                Assert.Fail($"The feed has an event of the type {type}.");
                break;
        }

        if (data.TryGetProperty("finalizedAt", out var finality) && finality.ValueKind == JsonValueKind.Number)
        {
            Next(finality.GetInt64());
            Position++;
        }
    }

    private void Next(long position) => Assert.Equal(Position + 1, position);
}
