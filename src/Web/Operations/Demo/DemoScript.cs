using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;

namespace WildNOut.Web.Operations.Demo;

/// <summary>
/// What the bots do: keep one demo battle in each phase, enter the active one, vote on the one that is voting. They go through the gateway
/// like everyone else. The ids of their battles follow from the time, so that a restart or a second node makes no more of them.
/// </summary>
/// <param name="gateway">Asks the entities.</param>
/// <param name="lists">Tells what is there already.</param>
/// <param name="boxes">The number of ballot boxes of the deployment.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class DemoScript(EntityGateway gateway, BattleListings lists, int boxes, TimeProvider clock)
{
    private const int Artists = 12;
    private const int Fans = 400;
    private const int StepsPerLook = 10;
    private const int StepsPerEntry = 12;

    private static readonly Caller Host = new("demo-host", Role.User);
    private static readonly TimeSpan Phase = TimeSpan.FromMinutes(5);

    private readonly Random _random = new();
    private IReadOnlyList<BattleView> _battles = [];
    private IReadOnlyList<EntryView> _entries = [];

    /// <summary>Does the next small thing.</summary>
    /// <param name="step">Counts up from 0.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task StepAsync(long step, CancellationToken cancellation)
    {
        if (step % StepsPerLook == 0)
        {
            await LookAsync(cancellation);
            await FillPhasesAsync(cancellation);
        }
        else if (step % StepsPerEntry == 1 && InPhase(BattleStatus.Active) is { } active)
        {
            await EnterAsync(active.Id, _random.Next(Artists), cancellation);
        }
        else if (InPhase(BattleStatus.Voting) is { } voting && _entries.Count > 0)
        {
            await VoteAsync(voting.Id, _entries[_random.Next(_entries.Count)].Id, cancellation);
        }
    }

    private BattleView? InPhase(BattleStatus status) => _battles.FirstOrDefault(battle => battle.Status == status);

    private async Task LookAsync(CancellationToken cancellation)
    {
        _battles = (await lists.BattlesAsync(new BattleFilter(CreatorId: Host.UserId), BattleOrder.Newest, null, 10, cancellation))!.Items;
        _entries = InPhase(BattleStatus.Voting) is { } voting
            ? (await lists.EntriesAsync(voting.Id, null, EntryOrder.Newest, null, 50, cancellation))!.Items
            : [];
    }

    private async Task FillPhasesAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (InPhase(BattleStatus.Voting) is null)
        {
            await OpenVotingAsync(now, cancellation);
        }

        if (InPhase(BattleStatus.Active) is null)
        {
            await CreateAsync("active", now, now, cancellation);
        }

        if (InPhase(BattleStatus.Upcoming) is null)
        {
            await CreateAsync("upcoming", now, now + Phase, cancellation);
        }
    }

    /// <summary>A battle to vote on needs entries first.</summary>
    private async Task OpenVotingAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (await CreateAsync("voting", now, now, cancellation) is not { Status: BattleStatus.Active } battle)
        {
            return;
        }

        for (var artist = 0; artist < Artists / 2; artist++)
        {
            await EnterAsync(battle.Id, artist, cancellation);
        }

        await gateway.AskAsync(BallotBoxes.AddressOf(battle.Id), new MoveBattle(Host, BattleStatus.Voting));
    }

    private async Task<BattleView?> CreateAsync(string phase, DateTimeOffset now, DateTimeOffset start, CancellationToken cancellation)
    {
        var slot = now.Ticks / Phase.Ticks;
        var key = FormattableString.Invariant($"demo|{phase}|{slot}");
        var id = Idempotency.IdOf(key);
        var (title, description) = DemoWords.Battles[(int)((slot + phase.Length) % DemoWords.Battles.Count)];
        var command = new CreateBattle(
            id, Host.UserId, title, description, BattleType.WildStyle,
            Instants.Truncate(start), Instants.Truncate(start + Phase), Instants.Truncate(start + Phase + Phase), null);
        var reply = await gateway.AskAsync(BallotBoxes.AddressOf(id), command, key, key);
        return (reply as Done)?.Reply as BattleView;
    }

    private Task<IReply> EnterAsync(Guid battleId, int artist, CancellationToken cancellation)
    {
        var content = new EntryContent(ContentType.Text, DemoWords.Lines[_random.Next(DemoWords.Lines.Count)]);
        var command = new SubmitEntry(Guid.CreateVersion7(), FormattableString.Invariant($"demo-artist-{artist + 1}"), content, MediaVerified: false);
        return gateway.AskAsync(BallotBoxes.AddressOf(battleId), command);
    }

    private Task<IReply> VoteAsync(Guid battleId, Guid entryId, CancellationToken cancellation)
    {
        var fan = FormattableString.Invariant($"demo-fan-{_random.Next(Fans) + 1}");
        return gateway.AskAsync(
            BallotBoxes.AddressOf(BallotBoxes.BoxOf(fan, boxes)), new CastVote(battleId, entryId, fan, 1, null, null));
    }
}
