using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Users;

/// <summary>Where the entities of the capability live.</summary>
public static class UserRegions
{
    /// <summary>A user.</summary>
    public static EntityAddress OfUser(string userId) => new(Names.Regions.User, userId);

    /// <summary>A username, which knows whose it is.</summary>
    /// <param name="username">In small letters.</param>
    public static EntityAddress OfUsername(string username) => new(Names.Regions.Username, username);
}
