using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Identity;

/// <summary>A command to the list of sign-outs.</summary>
public interface ISignOutsCommand : ICommand;

/// <summary>From now on no token of the session holds. Answered with <see cref="SignOutNumber"/>; a session that is on the list stays there.</summary>
/// <param name="SessionId">The session as its tokens name it.</param>
public sealed record SignOut(string SessionId) : ISignOutsCommand;

/// <summary>What happens to the list of sign-outs.</summary>
public interface ISignOutsEvent : IEvent;

/// <summary>A session is over.</summary>
/// <param name="Number">Its place on the list: 1, 2, 3, without gaps.</param>
/// <param name="SessionId">The session as its tokens name it.</param>
/// <param name="At">When the platform heard of it.</param>
public sealed record SignedOut(long Number, string SessionId, DateTimeOffset At) : ISignOutsEvent;

/// <summary>Asks for the sign-outs after a number; answered with <see cref="SignOuts"/>.</summary>
/// <param name="After">The last number known; 0 for none.</param>
public sealed record GetSignOuts(long After) : IQuery;

/// <summary>Where a session stands on the list.</summary>
public sealed record SignOutNumber(long Number) : IReply;

/// <summary>A page of the list.</summary>
/// <param name="Items">By number; at most <see cref="SignOutsState.PageSize"/>, and none that is older than any token.</param>
/// <param name="Latest">The newest number there is.</param>
public sealed record SignOuts(IReadOnlyList<SignedOut> Items, long Latest) : IReply;

/// <summary>The list as a snapshot keeps it.</summary>
public sealed record SignOutsSnapshot(IReadOnlyList<SignedOut> Items, long Latest) : ISnapshot;
