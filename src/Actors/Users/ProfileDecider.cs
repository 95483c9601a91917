using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>What a user says to edits of the profile, their own and the identity provider's.</summary>
internal static class ProfileDecider
{
    public static Decision<IUserEvent> Update(Unfolding unfolding, UpdateProfile edit)
    {
        edit = edit with { DisplayName = edit.DisplayName?.Trim(), Bio = edit.Bio?.Trim() };
        var (state, username) = (unfolding.State, edit.Username is { } name ? Usernames.Normalize(name) : null);
        if (username == state.Name!.Username)
        {
            username = null;
        }

        if (UserValidation.Check(edit, username) is { } fault)
        {
            return Decision<IUserEvent>.Reject(fault, unfolding.Events);
        }

        if (edit.Version is { } version && version != state.Profile.Version)
        {
            return Decision<IUserEvent>.Reject(UserRefusals.Stale, unfolding.Events);
        }

        if (username is not null && NameDecider.Obtain(unfolding, username) is { } first)
        {
            return first;
        }

        Set(unfolding, state.Profile with
        {
            DisplayName = Edited(edit.DisplayName, state.Profile.DisplayName),
            Bio = Edited(edit.Bio, state.Profile.Bio),
            AvatarUrl = Edited(edit.AvatarUrl, state.Profile.AvatarUrl),
            ShowWallets = edit.ShowWallets ?? state.Profile.ShowWallets,
            ShowHoldings = edit.ShowHoldings ?? state.Profile.ShowHoldings,
        });
        return Decision<IUserEvent>.Answer(UserViews.View(unfolding.State), unfolding.Events);
    }

    /// <summary>What is still the identity provider's in the profile follows it; what the user has changed stays theirs.</summary>
    public static Decision<IUserEvent> Learn(Unfolding unfolding, LearnIdentity learn)
    {
        var state = unfolding.State;
        if (state.Identity is not { } known || learn.Version > known.Version)
        {
            var name = learn.DisplayName?.Trim() is { } text && UserValidation.IsDisplayName(text) ? text : null;
            var avatar = learn.AvatarUrl is { } address && UserValidation.IsAvatarUrl(address) ? address : null;
            var username = learn.Username is { } wish && Usernames.MayBeChosen(Usernames.Normalize(wish)) ? Usernames.Normalize(wish) : null;
            var (profile, before) = (state.Profile, state.Identity);
            unfolding.Add(new IdentityLearned(state.UserId, username, name, avatar, learn.Role, learn.Version, unfolding.At));
            Set(unfolding, profile with
            {
                DisplayName = profile.DisplayName == before?.DisplayName ? name : profile.DisplayName,
                AvatarUrl = profile.AvatarUrl == before?.AvatarUrl ? avatar : profile.AvatarUrl,
            });
        }

        return Decision<IUserEvent>.Answer(Applied.Instance, unfolding.Events);
    }

    private static string? Edited(string? edit, string? present) => edit is null ? present : edit.Length == 0 ? null : edit;

    private static void Set(Unfolding unfolding, Profile profile)
    {
        var present = unfolding.State.Profile;
        if (profile with { Version = present.Version } != present)
        {
            unfolding.Add(new ProfileUpdated(
                unfolding.State.UserId, profile.DisplayName, profile.Bio, profile.AvatarUrl, profile.ShowWallets, profile.ShowHoldings,
                present.Version + 1, unfolding.At));
        }
    }
}
