namespace WildNOut.Actors.Users.Achievements;

/// <summary>An achievement as the configuration defines it.</summary>
/// <param name="Id">Its name for ever: what was earned is kept under it.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What to do for it.</param>
/// <param name="Category">What it is listed under.</param>
/// <param name="Points">What earning it gives, 0 or more.</param>
/// <param name="Hidden">Whether nobody is told how to earn it, nor anybody else that it was earned.</param>
/// <param name="Criterion">What counts.</param>
/// <param name="Threshold">How much of it is needed, at least 1; days for a streak, whole tokens for holdings.</param>
public sealed record Achievement(
    string Id, string Name, string Description, string Category, long Points, bool Hidden, Criterion Criterion, long Threshold);
