using Npgsql;
using NpgsqlTypes;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Leaderboards;

namespace WildNOut.Benchmarks.People;

/// <summary>Writes the people themselves, as users and on the boards, and where the windows are.</summary>
internal sealed class PeopleCopy(Crowd crowd)
{
    /// <summary>Writes.</summary>
    public void Run(NpgsqlConnection connection)
    {
        Users(connection);
        Ranked(connection);
        using var marks = new NpgsqlCommand(
            "update leaderboard_marks set next_number = $1, day_hour = $2, day_number = $5, week_hour = $3, week_number = $5, month_hour = $4, month_number = $5", connection);
        foreach (var value in new[] { crowd.Count + 1, Left(Board.Day), Left(Board.Week), Left(Board.Month), long.MaxValue })
        {
            marks.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        marks.ExecuteNonQuery();
    }

    private void Users(NpgsqlConnection connection)
    {
        using var users = connection.BeginBinaryImport("""
            copy users (id, username, display_name, display_key, show_wallets, show_holdings, points, level, contents, comments, entries, battles, wins, votes, search, created_at)
            from stdin (format binary)
            """);
        users.Timeout = TimeSpan.FromMinutes(10);
        var joined = crowd.Now.AddDays(-91).ToUnixTimeMilliseconds();
        for (var number = 1; number <= crowd.Count; number++)
        {
            var standing = crowd.Standings[number];
            var (username, shown) = (Crowd.Username(number), DisplayName(number));
            users.StartRow();
            Text(users, Crowd.Id(number), username, shown, shown.ToLowerInvariant());
            users.Write(false, NpgsqlDbType.Boolean);
            users.Write(false, NpgsqlDbType.Boolean);
            Long(users, standing.Balance, Levels.Of(standing.Balance), standing.Contents, 0, standing.Entries, standing.Battles, standing.Wins, standing.Votes);
            Text(users, $"{username} {shown.ToLowerInvariant()}");
            Long(users, joined + number);
        }

        users.Complete();
    }

    private void Ranked(NpgsqlConnection connection)
    {
        using var ranked = connection.BeginBinaryImport("""
            copy leaderboard (number, user_id, username, display_name, all_key, all_since, day_key, week_key, month_key, credited_at) from stdin (format binary)
            """);
        ranked.Timeout = TimeSpan.FromMinutes(10);
        for (var number = 1; number <= crowd.Count; number++)
        {
            var standing = crowd.Standings[number];
            ranked.StartRow();
            Long(ranked, number);
            Text(ranked, Crowd.Id(number), Crowd.Username(number), DisplayName(number));
            Long(ranked, -standing.Balance, standing.ChangedAt, -standing.Day, -standing.Week, -standing.Month, standing.CreditedAt);
        }

        ranked.Complete();
    }

    private long Left(Board board) => crowd.Hour - board.Hours();

    private static string DisplayName(int number) => $"Fan {number}";

    private static void Text(NpgsqlBinaryImporter rows, params ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            rows.Write(value, NpgsqlDbType.Text);
        }
    }

    private static void Long(NpgsqlBinaryImporter rows, params ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            rows.Write(value, NpgsqlDbType.Bigint);
        }
    }
}
