using System.Text.Json;
using WildNOut.Testing;

namespace WildNOut.Cluster.Tests;

/// <summary>A vote as the journal holds it.</summary>
public sealed record JournalVote(string Voter, Guid Entry, int Value, long Weight);

/// <summary>Reads the votes of a battle out of the journal itself, without any of the platform's code.</summary>
public static class JournalReader
{
    /// <summary>All votes of a battle, in the order of the journal.</summary>
    public static async Task<IReadOnlyList<JournalVote>> Votes(string databaseUrl, Guid battle)
    {
        await using var database = Postgres.Unpooled(databaseUrl);
        await using var command = database.CreateCommand("SELECT message FROM journal WHERE persistence_id LIKE 'ballot-box:%' ORDER BY ordering");
        await using var rows = await command.ExecuteReaderAsync();
        List<JournalVote> votes = [];
        while (await rows.ReadAsync())
        {
            using var batch = JsonDocument.Parse(rows.GetFieldValue<byte[]>(0));
            votes.AddRange(batch.RootElement.GetProperty("events").EnumerateArray()
                .Where(recorded => recorded.GetProperty("type").GetString() == "battle.vote-cast.v1")
                .Select(recorded => recorded.GetProperty("data"))
                .Where(vote => vote.GetProperty("battleId").GetGuid() == battle)
                .Select(vote => new JournalVote(
                    vote.GetProperty("voterId").GetString()!,
                    vote.GetProperty("entryId").GetGuid(),
                    vote.GetProperty("value").GetInt32(),
                    vote.GetProperty("weight").GetInt64())));
        }

        return votes;
    }
}
