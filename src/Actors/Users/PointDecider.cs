using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>What a user says to changes of points that do not come of deeds. A cause that counted before is answered with how the points stand.</summary>
internal static class PointDecider
{
    public static Decision<IUserEvent> Award(UserState state, AwardPoints award, DateTimeOffset at)
    {
        if (Check(state, award.Amount, award.Reason, award.Cause) is { } decided)
        {
            return decided;
        }

        if (state.Balance > Levels.MostPoints - award.Amount)
        {
            return Decision<IUserEvent>.Reject(UserRefusals.TooManyPoints);
        }

        var unfolding = new Unfolding(state, at);
        unfolding.Award(award.Amount, award.Reason, award.Source, award.Cause);
        return Decision<IUserEvent>.Accept(unfolding.Close());
    }

    public static Decision<IUserEvent> Deduct(UserState state, DeductPoints deduct, DateTimeOffset at)
    {
        if (Check(state, deduct.Amount, deduct.Reason, deduct.Cause) is { } decided)
        {
            return decided;
        }

        if (state.Balance < deduct.Amount)
        {
            return Decision<IUserEvent>.Reject(UserRefusals.InsufficientPoints);
        }

        var unfolding = new Unfolding(state, at);
        unfolding.Add(new PointsDeducted(
            state.UserId, deduct.Amount, deduct.Reason, deduct.Source, deduct.Cause, state.Balance - deduct.Amount, at));
        return Decision<IUserEvent>.Accept(unfolding.Close());
    }

    private static Decision<IUserEvent>? Check(UserState state, long amount, string reason, string cause) =>
        UserValidation.Check(amount, reason) is { } fault ? Decision<IUserEvent>.Reject(fault)
        : state.HasCounted(cause) ? Decision<IUserEvent>.Answer(Levels.View(state.Balance))
        : null;
}
