using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>
/// The boards. Instants are unix milliseconds, hours are counted since 1970, and a key is minus the points, so that every order is a rising one. Boards: 0 all,
/// 1 day, 2 week, 3 month. Each board begins with a block before all places and one that ends after them.
/// </summary>
[Migration(12, "leaderboards")]
public sealed class M0012Leaderboards : SqlMigration
{
    /// <inheritdoc />
    public override void Up() => Both("""
        create table leaderboard (
            number bigint not null primary key,
            user_id text not null unique,
            username text not null,
            display_name text,
            avatar_url text,
            all_key bigint not null check (all_key <= 0),
            all_since bigint not null,
            day_key bigint not null check (day_key <= 0),
            week_key bigint not null check (week_key <= day_key),
            month_key bigint not null check (month_key <= week_key),
            credited_at bigint not null
        ) {updated often};
        create index leaderboard_all on leaderboard (all_key, all_since, number) where all_key < 0;
        create index leaderboard_day on leaderboard (day_key, credited_at, number) where day_key < 0;
        create index leaderboard_week on leaderboard (week_key, credited_at, number) where week_key < 0;
        create index leaderboard_month on leaderboard (month_key, credited_at, number) where month_key < 0;
        create table leaderboard_buckets (
            hour bigint not null,
            number bigint not null,
            credits bigint not null check (credits > 0),
            primary key (hour, number)
        ) {updated often};
        create table leaderboard_blocks (
            board int not null,
            key bigint not null,
            since bigint not null,
            number bigint not null,
            people bigint not null check (people >= 0),
            primary key (board, key, since, number)
        ) {updated often};
        create table leaderboard_marks (
            id int not null primary key check (id = 1),
            next_number bigint not null,
            day_hour bigint not null,
            day_number bigint not null,
            week_hour bigint not null,
            week_number bigint not null,
            month_hour bigint not null,
            month_number bigint not null
        ) {updated often};
        insert into leaderboard_marks values (1, 1, 0, 0, 0, 0, 0, 0);
        insert into leaderboard_blocks values
            (0, -9223372036854775808, 0, 0, 0), (0, 9223372036854775807, 0, 0, 0),
            (1, -9223372036854775808, 0, 0, 0), (1, 9223372036854775807, 0, 0, 0),
            (2, -9223372036854775808, 0, 0, 0), (2, 9223372036854775807, 0, 0, 0),
            (3, -9223372036854775808, 0, 0, 0), (3, 9223372036854775807, 0, 0, 0);
        """);
}
