using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features.Authentication;
using WildNOut.Web.Errors;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Limits;

/// <summary>Counts each request under its route's <see cref="LimitRule"/>, says so in its answer, and refuses what is too much. Runs once it is known who calls.</summary>
public sealed class LimitMiddleware(RequestDelegate next, LimitRules rules, RateLimiter limiter, LimitMetrics metrics)
{
    /// <summary>The header that says what is allowed.</summary>
    public const string PolicyHeader = "RateLimit-Policy";

    /// <summary>The header that says what is left.</summary>
    public const string Header = "RateLimit";

    /// <summary>Runs the request.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        // The property User would make somebody up for a request without one.
        var user = http.Features.Get<IHttpAuthenticationFeature>()?.User;
        var rule = http.GetEndpoint()?.Metadata.GetMetadata<LimitRule>() ?? rules.Default;
        if (rule.Passes(http))
        {
            return ProceedAsync(http, user);
        }

        var key = CallerKey.Of(user, http.Connection.RemoteIpAddress);
        return limiter.TryTake(rule, key, out var admission) ? ProceedAsync(http, user, rule, admission) : AskAsync(http, user, rule, key);
    }

    private async Task AskAsync(HttpContext http, ClaimsPrincipal? user, LimitRule rule, CallerKey key)
    {
        var admission = await limiter.AskAsync(rule, key);
        if (rule.Guarded && admission.Admitted)
        {
            // Before the answer leaves, so that the next attempt cannot overtake it.
            http.Response.OnStarting(() =>
            {
                if (IsFailure(http, user))
                {
                    limiter.Fail(rule, key);
                }

                return Task.CompletedTask;
            });
        }

        await ProceedAsync(http, user, rule, admission);
    }

    /// <summary>Proofs that do not hold. That nothing was shown, or something that has only expired, is no attempt at anything.</summary>
    private static bool IsFailure(HttpContext http, ClaimsPrincipal? user) =>
        http.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status422UnprocessableEntity
        && user is not RefusedPrincipal { WasAttempt: false }
        && !NoAttempt.IsMarked(http);

    private Task ProceedAsync(HttpContext http, ClaimsPrincipal? user, LimitRule rule, Admission admission)
    {
        var headers = http.Response.Headers;
        headers[PolicyHeader] = rule.PolicyHeader;
        headers[Header] = rule.Header(admission);
        if (admission.Admitted)
        {
            return ProceedAsync(http, user);
        }

        metrics.Refused(rule);
        headers.RetryAfter = admission.Seconds.ToString(CultureInfo.InvariantCulture);
        return (admission.LockedOut ? Problem.LockedOut : Problem.TooManyRequests).ExecuteAsync(http);
    }

    private Task ProceedAsync(HttpContext http, ClaimsPrincipal? user) => user is RefusedPrincipal refused ? refused.Problem.ExecuteAsync(http) : next(http);
}
