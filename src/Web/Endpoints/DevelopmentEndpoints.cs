using WildNOut.Actors.Engine;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Endpoints;

/// <summary>Tokens for anyone who asks: only in Development.</summary>
/// <param name="tokens">The development issuer.</param>
internal sealed class DevelopmentEndpoints(SignedTokens tokens)
{
    /// <summary>Maps the route.</summary>
    public static void Map(IEndpointRouteBuilder api, SignedTokens tokens) =>
        api.MapPost("/auth/dev/token", new DevelopmentEndpoints(tokens).IssueAsync).WithTags("Sign-in").WithMetadata(new IgnoresTokens())
            .Takes<DevelopmentTokenRequest>().Gives<TokenResponse>(200).GivesProblems(400, 413, 415)
            .Says("developmentToken", "Get a token for any user and role", "This route exists in the Development environment only.");

    private async Task<IResult> IssueAsync(HttpContext http, CancellationToken cancellation)
    {
        var (request, _, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.DevelopmentTokenRequest);
        if (problem is not null || !Idempotency.TryCommandId(http, string.Empty, out _, out problem))
        {
            return problem!;
        }

        var fields = new Fields().Require("userId", request!.UserId);
        if (request.UserId is { } userId && (userId.Length is 0 or > 200 || userId.Any(char.IsControl)))
        {
            fields.Fault("userId", "must have 1 to 200 characters, none of them a control character");
        }

        if (fields.Problem is { } incomplete)
        {
            return incomplete;
        }

        var (token, expires) = tokens.Issue(new Caller(request.UserId!, request.Role ?? Role.User));
        return new Answer<TokenResponse>(new TokenResponse(token, expires), WebJson.Default.TokenResponse);
    }
}
