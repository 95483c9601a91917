namespace WildNOut.Actors.Users;

/// <summary>From state to what its user sees.</summary>
internal static class UserViews
{
    public static UserView View(UserState state) => new(
        state.UserId,
        state.Name!.Username,
        state.Profile.DisplayName,
        state.Profile.Bio,
        state.Profile.AvatarUrl,
        state.Role,
        state.Profile.ShowWallets,
        state.Profile.ShowHoldings,
        Levels.View(state.Balance),
        state.Counters,
        state.Profile.Version,
        state.JoinedAt!.Value);
}
