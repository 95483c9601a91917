using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>How a user comes to a name and parts with one: claim, confirm, release, each safe to repeat.</summary>
internal static class NameDecider
{
    /// <summary>
    /// A claim that is older than this is asked for again before it becomes the name: most of its lease must be left for the confirmation.
    /// </summary>
    private static readonly TimeSpan Fresh = HeldClaim.Lease / 10;

    private const string Wish = "wish:";

    /// <summary>Asks for the name that the platform gives: nobody else can want it, so that the claim is for good.</summary>
    public static Question ClaimGiven(string userId) => ClaimOf("given:", Usernames.Given(userId), userId, true);

    /// <summary>What must be asked before the name is the user's; null when it has become theirs by now.</summary>
    public static Decision<IUserEvent>? Obtain(Unfolding unfolding, string username)
    {
        var (state, at) = (unfolding.State, unfolding.At);
        if (state.Owed.Find(owed => owed.Username == username) is { } owed)
        {
            // The release goes first, lest it arrives later and frees the new claim.
            return Decision<IUserEvent>.Await(Release(state.UserId, owed));
        }

        if (!state.Granted.TryGetValue(username, out var granted) || at > granted.ClaimedAt + Fresh)
        {
            return Decision<IUserEvent>.Await(ClaimOf("claim:", username, state.UserId, false));
        }

        Set(unfolding, granted);
        return null;
    }

    /// <summary>What names must yet be told, and the name that is wished for.</summary>
    public static IReadOnlyList<Question> Outbox(UserState state)
    {
        if (state.Owed.IsEmpty && state.Wish is null && state.Name is null or { Confirmed: true })
        {
            return [];
        }

        List<Question> owed = [.. state.Owed.Select(owed => Release(state.UserId, owed))];
        if (state.Name is { Confirmed: false } name && state.Owed.TrueForAll(given => given.Username != name.Username))
        {
            owed.Add(name.Claim == 0
                ? ClaimGiven(state.UserId)
                : new Question($"confirm:{name.Username}", UserRegions.OfUsername(name.Username), new ConfirmUsername(state.UserId, name.Claim)));
        }

        if (state.Wish is { } wish && state.Owed.TrueForAll(given => given.Username != wish))
        {
            owed.Add(ClaimOf(Wish, wish, state.UserId, false));
        }

        return owed;
    }

    /// <summary>The command that an answer becomes.</summary>
    public static HearUsername Heard(string key, UsernameReply reply) => new(reply, key.StartsWith(Wish, StringComparison.Ordinal));

    public static Decision<IUserEvent> Hear(UserState state, HearUsername heard, DateTimeOffset at)
    {
        var (reply, name) = (heard.Reply, state.Name);
        return reply.Status switch
        {
            ClaimStatus.Taken when heard.Wished => Note(state.Wish == reply.Username ? new UsernameRefused(state.UserId, reply.Username, at) : null),
            ClaimStatus.Taken => Decision<IUserEvent>.Reject(UserRefusals.UsernameTaken),
            ClaimStatus.Claimed when heard.Wished && state.Wish == reply.Username => Grant(state, reply, at),
            ClaimStatus.Claimed when name is { Claim: 0 } && name.Username == reply.Username =>
                Note(new UsernameConfirmed(state.UserId, reply.Username, reply.Claim, at)),
            ClaimStatus.Confirmed when name is { Confirmed: false } && IsClaim(name, reply) =>
                Note(new UsernameConfirmed(state.UserId, reply.Username, reply.Claim, at)),
            ClaimStatus.Lost when name is not null && IsClaim(name, reply) =>
                Note(new UsernameLost(state.UserId, reply.Username, reply.Claim, state.Profile.Version + 1, at)),
            ClaimStatus.Released when state.Owed.Contains(new OwedName(reply.Username, reply.Claim)) =>
                Note(new UsernameReleased(state.UserId, reply.Username, reply.Claim, at)),
            _ => Note(null),
        };
    }

    private static Question ClaimOf(string kind, string username, string userId, bool forGood) =>
        new(kind + username, UserRegions.OfUsername(username), new ClaimUsername(userId, forGood));

    private static Question Release(string userId, OwedName owed) =>
        new($"release:{owed.Username}", UserRegions.OfUsername(owed.Username), new ReleaseUsername(userId, owed.Claim));

    private static bool IsClaim(HeldName name, UsernameReply reply) => name.Username == reply.Username && name.Claim == reply.Claim;

    private static Decision<IUserEvent> Grant(UserState state, UsernameReply reply, DateTimeOffset at)
    {
        var unfolding = new Unfolding(state, at);
        Set(unfolding, reply);
        return Decision<IUserEvent>.Answer(Applied.Instance, unfolding.Events);
    }

    private static void Set(Unfolding unfolding, UsernameReply granted)
    {
        var state = unfolding.State;
        unfolding.Add(new UsernameSet(
            state.UserId, granted.Username, granted.Claim, state.Name!.Username, state.Name.Claim, state.Profile.Version + 1, unfolding.At));
    }

    private static Decision<IUserEvent> Note(IUserEvent? happened) =>
        happened is null ? Decision<IUserEvent>.Answer(Applied.Instance) : Decision<IUserEvent>.Answer(Applied.Instance, happened);
}
