using WildNOut.Actors.Battles;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>Answers lists out of the read model, hot ones out of <see cref="PagedAnswers"/>, and knows which battle an entry is in.</summary>
public sealed class ListReader(BattleListings lists, PagedAnswers answers, TimeProvider clock)
{
    private static readonly TimeSpan EntryWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EntryPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(10);

    private readonly RecentMap<Guid, Guid> _battleOfEntry = new(100_000);

    /// <summary>A page of battles.</summary>
    public Task<IResult> BattlesAsync(HttpContext http, string? status, string? type, string? creatorId, string? sort, string? limit, string? cursor)
    {
        var query = new ListQuery();
        var filter = new BattleFilter(
            query.OneOf<BattleStatus>("status", status),
            query.OneOf<BattleType>("type", type),
            query.UserId("creatorId", creatorId));
        var order = query.OneOf<BattleOrder>("sort", sort) ?? BattleOrder.Newest;
        var size = query.Limit(limit);
        var place = query.Cursor(cursor);
        var normal = PagedAnswers.Normalise(("status", status), ("type", type), ("creatorId", creatorId), ("sort", sort), ("limit", limit));
        return answers.AnswerAsync(http, query, BattleProjection.Key, normal, place, bound => lists.BattlesAsync(filter, order, place, size, bound), WebJson.Default.PageBattleView);
    }

    /// <summary>A page of a battle's entries.</summary>
    public Task<IResult> EntriesAsync(HttpContext http, Guid battleId, string? moderation, string? sort, string? limit, string? cursor)
    {
        var query = new ListQuery();
        var judged = query.OneOf<ModerationStatus>("moderation", moderation);
        var order = query.OneOf<EntryOrder>("sort", sort) ?? EntryOrder.Newest;
        var size = query.Limit(limit);
        var place = query.Cursor(cursor);
        var normal = PagedAnswers.Normalise(("moderation", moderation), ("sort", sort), ("limit", limit));
        return answers.AnswerAsync(http, query, BattleProjection.Key, normal, place, bound => lists.EntriesAsync(battleId, judged, order, place, size, bound), WebJson.Default.PageEntryView);
    }

    /// <summary>A voter's votes on a battle that has its results.</summary>
    public async Task<IReadOnlyList<VoteReceipt>> VotesAsync(Guid battleId, string voterId, CancellationToken cancellation) =>
        (await lists.VotesOfVoterAsync(battleId, voterId, cancellation)).Items;

    /// <summary>Notes which battle an entry is in, before the read model knows.</summary>
    public void Remember(Guid entryId, Guid battleId) => _battleOfEntry.Add(entryId, battleId);

    /// <summary>The battle of an entry. An entry so young that the read model may not have it yet is waited for.</summary>
    public async ValueTask<Guid?> BattleOfEntryAsync(Guid entryId, CancellationToken cancellation)
    {
        if (_battleOfEntry.TryGet(entryId, out var known))
        {
            return known;
        }

        var started = clock.GetTimestamp();
        while (true)
        {
            if (await lists.FindBattleOfEntryAsync(entryId, cancellation) is { } battleId)
            {
                _battleOfEntry.Add(entryId, battleId);
                return battleId;
            }

            if (!MayBeOnItsWay(entryId) || clock.GetElapsedTime(started) > EntryWait)
            {
                return null;
            }

            await Task.Delay(EntryPoll, clock, cancellation);
        }
    }

    private bool MayBeOnItsWay(Guid entryId) =>
        Ids.MadeAt(entryId) is { } made && (clock.GetUtcNow() - made).Duration() < Young;
}
