using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Identity;

/// <summary>What the list of sign-outs says to a command.</summary>
public static class SignOutsDecider
{
    /// <summary>Judges a command at an instant.</summary>
    public static Decision<ISignOutsEvent> Decide(SignOutsState state, ISignOutsCommand command, DateTimeOffset now) => command switch
    {
        SignOut signOut => state.Find(signOut.SessionId) is { } number
            ? Decision<ISignOutsEvent>.Answer(new SignOutNumber(number))
            : Decision<ISignOutsEvent>.Accept(new SignedOut(state.Latest + 1, signOut.SessionId, now)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "The list of sign-outs does not know this command."),
    };
}
