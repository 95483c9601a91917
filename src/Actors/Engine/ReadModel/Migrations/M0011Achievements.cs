using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>The read model of achievements, as they were when they were earned. Instants are unix milliseconds.</summary>
[Migration(11, "achievements")]
public sealed class M0011Achievements : SqlMigration
{
    /// <inheritdoc />
    public override void Up() => Both("""
        create table user_achievements (
            user_id text not null,
            achievement_id text not null,
            name text not null,
            category text not null,
            hidden boolean not null,
            points bigint not null check (points >= 0),
            earned_at bigint not null,
            primary key (user_id, achievement_id)
        );
        """);
}
