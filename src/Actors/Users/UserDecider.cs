using WildNOut.Actors.Engine;
using WildNOut.Actors.Users.Achievements;

namespace WildNOut.Actors.Users;

/// <summary>What a user says to a command.</summary>
/// <param name="rules">What deeds earn.</param>
/// <param name="achievements">What can be achieved; null for nothing.</param>
public sealed class UserDecider(PointRules rules, AchievementCatalogue? achievements = null)
{
    private readonly AchievementCatalogue _achievements = achievements ?? AchievementCatalogue.Empty;

    /// <summary>Judges a command at an instant.</summary>
    public Decision<IUserEvent> Decide(UserState state, IUserCommand command, DateTimeOffset now)
    {
        // After a failover to a node whose clock is behind, time must not go back.
        var at = now > state.LastAt ? now : state.LastAt;
        return command switch
        {
            HearUsername heard => NameDecider.Hear(state, heard, at),
            DeleteUser delete => Delete(state, delete, at),
            LearnIdentity or RecordDeeds when state.DeletedAt is not null => Decision<IUserEvent>.Answer(Applied.Instance),
            WelcomeUser or UpdateProfile when state.DeletedAt is not null => Decision<IUserEvent>.Reject(UserRefusals.Deleted),
            WelcomeUser or UpdateProfile or LearnIdentity or RecordDeeds when state.JoinedAt is null => Join(state, command, at),
            WelcomeUser or UpdateProfile or LearnIdentity or RecordDeeds => Go(new Unfolding(state, at), command),
            _ when !state.Lives => Decision<IUserEvent>.Reject(UserRefusals.NoUser),
            GrantRole or RevokeRole or GrantAchievements => Go(new Unfolding(state, at), command),
            AwardPoints award => PointDecider.Award(state, award, at),
            DeductPoints deduct => PointDecider.Deduct(state, deduct, at),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A user does not know this command."),
        };
    }

    /// <summary>Nobody is here without a name: the one that the platform gives is claimed first.</summary>
    private Decision<IUserEvent> Join(UserState state, IUserCommand command, DateTimeOffset at)
    {
        var name = Usernames.Given(state.UserId);
        if (!state.Granted.TryGetValue(name, out var granted))
        {
            return Decision<IUserEvent>.Await(NameDecider.ClaimGiven(state.UserId));
        }

        var unfolding = new Unfolding(state, at);
        unfolding.Add(new UserJoined(state.UserId, name, granted.Claim, at));
        return Go(unfolding, command);
    }

    private Decision<IUserEvent> Go(Unfolding unfolding, IUserCommand command) => command switch
    {
        WelcomeUser => View(unfolding),
        UpdateProfile edit => ProfileDecider.Update(unfolding, edit),
        LearnIdentity learn => ProfileDecider.Learn(unfolding, learn),
        RecordDeeds deeds => Record(unfolding, deeds),
        GrantRole grant => Grant(unfolding, grant),
        RevokeRole revoke => Revoke(unfolding, revoke),
        GrantAchievements => Settle(unfolding, unfolding.State.Progress),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A user does not know this command."),
    };

    /// <summary>Each deed that counts: the counters, then the points for it, at the end the achievements and the level that all of it comes to.</summary>
    private Decision<IUserEvent> Record(Unfolding unfolding, RecordDeeds command)
    {
        var before = unfolding.State.Progress;
        foreach (var deed in command.Deeds)
        {
            var (state, cause) = (unfolding.State, Causes.Name(deed));
            if (Causes.IsCounted(deed.Kind) ? state.HasCounted(cause) : state.Counters.After(deed) == state.Counters)
            {
                continue;
            }

            var (amount, reason) = rules.For(deed, state.PaidForVotes(Days.Of(deed.At)));
            unfolding.Add(new DeedRecorded(state.UserId, deed, amount, unfolding.At));
            unfolding.Award(amount, reason, deed.Source, cause);
        }

        return Settle(unfolding, before);
    }

    private Decision<IUserEvent> Settle(Unfolding unfolding, in AchievementProgress before)
    {
        AchievementDecider.Follow(_achievements, unfolding, before);
        return Decision<IUserEvent>.Answer(Applied.Instance, unfolding.Close());
    }

    private static Decision<IUserEvent> Grant(Unfolding unfolding, GrantRole grant)
    {
        if (unfolding.State.Grant != grant.Role)
        {
            unfolding.Add(new RoleGranted(unfolding.State.UserId, grant.Role, grant.By, unfolding.At));
        }

        return View(unfolding);
    }

    private static Decision<IUserEvent> Revoke(Unfolding unfolding, RevokeRole revoke)
    {
        if (unfolding.State.Grant is not null)
        {
            unfolding.Add(new RoleRevoked(unfolding.State.UserId, revoke.By, unfolding.At));
        }

        return View(unfolding);
    }

    /// <summary>Also who was never here may be deleted: the identity provider's messages come in any order.</summary>
    private static Decision<IUserEvent> Delete(UserState state, DeleteUser delete, DateTimeOffset at) => state.DeletedAt is not null
        ? Decision<IUserEvent>.Answer(Applied.Instance)
        : Decision<IUserEvent>.Answer(
            Applied.Instance, new UserDeleted(state.UserId, state.Name?.Username, state.Name?.Claim ?? 0, delete.By, at));

    private static Decision<IUserEvent> View(Unfolding unfolding) =>
        Decision<IUserEvent>.Answer(UserViews.View(unfolding.State), unfolding.Events);
}
