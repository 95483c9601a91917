using FluentMigrator;

namespace WildNOut.Actors.Engine.ReadModel.Migrations;

/// <summary>The read model of battles. Instants are unix milliseconds.</summary>
/// <remarks>
/// The key of votes serves two ends with one index: a second vote is refused, and a voter's votes on a battle are found. Entries have no index on their counts, so that counting votes stays an in-place update; the counts of battles
/// have one, so they lie apart from the battles, whose other indexes would be written anew with each count.
/// </remarks>
[Migration(3, "battles")]
public sealed class M0003Battles : SqlMigration
{
    /// <inheritdoc />
    public override void Up() => Both("""
        create table battles (
            id {uuid} not null primary key,
            title text not null,
            description text not null,
            type text not null,
            status text not null check (status in ('upcoming', 'active', 'voting', 'completed', 'cancelled')),
            creator_id text not null,
            rules text,
            start_time bigint not null,
            end_time bigint not null,
            voting_end_time bigint not null,
            entry_count int not null check (entry_count >= 0),
            version bigint not null check (version >= 1),
            created_at bigint not null,
            computed_at bigint,
            next_due_at bigint,
            check (start_time < end_time and end_time < voting_end_time)
        ) {updated often};
        create index battles_newest on battles (created_at, id);
        create index battles_status on battles (status, created_at, id);
        create index battles_creator on battles (creator_id, created_at, id);
        create index battles_start on battles (start_time, id);
        create index battles_due on battles (next_due_at) where next_due_at is not null;
        create table battle_counts (
            battle_id {uuid} not null primary key,
            vote_count bigint not null check (vote_count >= 0),
            newcomers bigint not null check (newcomers >= 0)
        ) {updated often};
        create index battle_counts_votes on battle_counts (vote_count, battle_id);
        create table entries (
            id {uuid} not null primary key,
            battle_id {uuid} not null,
            user_id text not null,
            content_type text not null,
            text text,
            media_key text,
            moderation text not null check (moderation in ('pending', 'approved', 'rejected')),
            reason text,
            view_count bigint not null check (view_count >= 0),
            vote_count bigint not null check (vote_count >= 0),
            vote_total bigint not null,
            rank int check (rank >= 1),
            submitted_at bigint not null
        ) {updated often};
        create unique index entries_one_a_user on entries (battle_id, user_id);
        create index entries_newest on entries (battle_id, submitted_at, id);
        create table votes (
            battle_id {uuid} not null,
            voter_id text not null,
            entry_id {uuid} not null,
            value int not null,
            weight bigint not null check (weight >= 1),
            cast_at bigint not null,
            primary key (battle_id, voter_id, entry_id)
        );
        """);
}
