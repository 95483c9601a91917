using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using WildNOut.Actors.Users.Leaderboards;

namespace WildNOut.Benchmarks.People;

/// <summary>
/// Writes changes of points in the order of time, evenly over 90 days, each of somebody drawn at random: a few have thousands, most about five. On the way it keeps
/// how everybody stands, and writes the buckets of the last 30 days.
/// </summary>
internal sealed class LedgerCopy(Crowd crowd, int changes)
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(90);

    private readonly Random _random = new(4);
    private readonly Dictionary<int, long> _hourly = [];
    private long _hour;

    /// <summary>Writes; each table over a connection of its own.</summary>
    public void Run(NpgsqlConnection forLedger, NpgsqlConnection forBuckets)
    {
        using var ledger = forLedger.BeginBinaryImport(
            "copy points_ledger (number, id, user_id, type, amount, reason, source, cause, balance_after, created_at) from stdin (format binary)");
        using var buckets = forBuckets.BeginBinaryImport("copy leaderboard_buckets (hour, number, credits) from stdin (format binary)");
        ledger.Timeout = buckets.Timeout = TimeSpan.FromMinutes(10);
        for (var i = 0; i < changes; i++)
        {
            var at = crowd.Now - Span + Span * ((double)(i + 1) / changes);
            var draw = _random.NextDouble();
            var person = 1 + Math.Min(crowd.Count - 1, (int)(crowd.Count * draw * draw));
            var (amount, reason) = Draw(ref crowd.Standings[person]);
            Keep(person, amount, at, buckets);
            Write(ledger, i + 1, person, amount, reason, at);
        }

        Flush(buckets);
        ledger.Complete();
        buckets.Complete();
    }

    private (long Amount, string Reason) Draw(ref Standing standing)
    {
        switch (_random.Next(100))
        {
            case < 60:
                standing.Votes++;
                return (1, "vote_cast");
            case < 80:
                standing.Entries++;
                return (10, "battle_entry");
            case < 90:
                standing.Contents++;
                return (5, "content_published");
            case < 93:
                standing.Battles++;
                standing.Wins++;
                return (100, "battle_rank");
            case < 98:
                standing.Battles++;
                return (25, "battle_rank");
            default:
                return standing.Balance >= 20 ? (-20, "a prize") : (20, "a gift");
        }
    }

    private void Keep(int person, long amount, DateTimeOffset at, NpgsqlBinaryImporter buckets)
    {
        ref var standing = ref crowd.Standings[person];
        standing.Balance += amount;
        standing.ChangedAt = at.ToUnixTimeMilliseconds();
        if (amount < 0)
        {
            return;
        }

        standing.CreditedAt = standing.ChangedAt;
        var age = crowd.Hour - Boards.HourOf(at);
        standing.Day += age < Board.Day.Hours() ? amount : 0;
        standing.Week += age < Board.Week.Hours() ? amount : 0;
        standing.Month += age < Board.Month.Hours() ? amount : 0;
        if (age < Board.Month.Hours())
        {
            if (Boards.HourOf(at) != _hour)
            {
                Flush(buckets);
                _hour = Boards.HourOf(at);
            }

            _hourly[person] = _hourly.GetValueOrDefault(person) + amount;
        }
    }

    private void Flush(NpgsqlBinaryImporter buckets)
    {
        foreach (var (person, credits) in _hourly.OrderBy(pair => pair.Key))
        {
            buckets.StartRow();
            buckets.Write(_hour, NpgsqlDbType.Bigint);
            buckets.Write((long)person, NpgsqlDbType.Bigint);
            buckets.Write(credits, NpgsqlDbType.Bigint);
        }

        _hourly.Clear();
    }

    private void Write(NpgsqlBinaryImporter ledger, long number, int person, long amount, string reason, DateTimeOffset at)
    {
        var source = number.ToString("x", CultureInfo.InvariantCulture);
        ledger.StartRow();
        ledger.Write(number - changes, NpgsqlDbType.Bigint); // Before every place in the journal.
        ledger.Write(Guid.CreateVersion7(at), NpgsqlDbType.Uuid);
        ledger.Write(Crowd.Id(person), NpgsqlDbType.Text);
        ledger.Write(amount > 0 ? "credit" : "debit", NpgsqlDbType.Text);
        ledger.Write(Math.Abs(amount), NpgsqlDbType.Bigint);
        ledger.Write(reason, NpgsqlDbType.Text);
        ledger.Write(source, NpgsqlDbType.Text);
        ledger.Write($"{reason}:{source}", NpgsqlDbType.Text);
        ledger.Write(crowd.Standings[person].Balance, NpgsqlDbType.Bigint);
        ledger.Write(at.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint);
    }
}
