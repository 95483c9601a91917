namespace WildNOut.Web.Limits;

/// <summary>A refusal that follows from nothing that anybody could have guessed at; it counts as no failure.</summary>
internal sealed class NoAttempt
{
    private static readonly NoAttempt Instance = new();

    /// <summary>Says so of a request.</summary>
    public static void Mark(HttpContext http) => http.Features.Set(Instance);

    /// <summary>Whether a request was said to be none.</summary>
    public static bool IsMarked(HttpContext http) => http.Features.Get<NoAttempt>() is not null;
}
