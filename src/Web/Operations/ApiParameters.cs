using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using WildNOut.Actors.Audit;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Token;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Leaderboards;
using WildNOut.Web.Http;
using WildNOut.Web.Limits;

namespace WildNOut.Web.Operations;

/// <summary>Parameters and headers in the OpenAPI document.</summary>
internal static class ApiParameters
{
    /// <summary>Operations that change nothing which a list shows.</summary>
    private static readonly HashSet<string?> WithoutConsistency =
        [
            "developmentToken", "challengeWallet", "challengeSignIn", "signIn", "refreshSession", "logOut", "endSession", "clerkWebhook", "setPreferences",
        ];

    /// <summary>A request header.</summary>
    public static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    /// <summary>Says what a path or query parameter takes.</summary>
    public static void Describe(IOpenApiParameter parameter, string? operation)
    {
        if (parameter is not OpenApiParameter mine || mine.Schema is not OpenApiSchema schema)
        {
            return;
        }

        switch (mine.Name)
        {
            case "id":
                schema.Format = "uuid";
                break;
            case "address":
                mine.Description = "A wallet's address, base58.";
                break;
            case "limit":
                schema.Type = JsonSchemaType.Integer;
                schema.Minimum = "1";
                schema.Maximum = operation == "searchUsers" ? "50" : "100";
                schema.Default = JsonValue.Create(20);
                mine.Description = "How many items a page holds.";
                break;
            case "cursor":
                mine.Description = "From nextCursor of the page before.";
                break;
            case "status":
                schema.Enum = Values<BattleStatus>();
                break;
            case "type":
                schema.Enum = operation == "listMyPoints" ? Values<LedgerType>() : Values<BattleType>();
                break;
            case "moderation":
                schema.Enum = Values<ModerationStatus>();
                break;
            case "timeframe" when operation is "listLeaderboard" or "myRank":
                schema.Enum = Values<Board>();
                schema.Default = JsonValue.Create("all");
                mine.Description = "Which board: the balance of points, or what came in the running hour and the 23, 167 or 719 before it.";
                break;
            case "timeframe":
                schema.Enum = Values<Timeframe>();
                schema.Default = JsonValue.Create("day");
                mine.Description = "How far back: 24 hours in candles of 5 minutes, 7 days of 1 hour, 30 days of 4 hours, 365 days of 1 day.";
                break;
            case "wallet":
                mine.Description = "The address of a wallet, base58: only what it gave or received.";
                break;
            case "actor":
                mine.Description = "A user's id.";
                break;
            case "action":
                mine.Description = "Such as entry.reject.";
                break;
            case "result":
                schema.Enum = Values<AuditResult>();
                break;
            case "from" or "to":
                schema.Format = "date-time";
                break;
            case "q":
                mine.Required = true;
                mine.Description = "1 to 50 characters of a username or display name; capitals do not matter.";
                break;
            case "username":
                mine.Description = "Capitals do not matter.";
                break;
            case "userId":
                mine.Description = "The identity provider's subject.";
                break;
            case "unread":
                schema.Type = JsonSchemaType.Boolean;
                mine.Description = "true for those that are unread, false for those that are read; all when left out.";
                break;
            case "afterPosition":
                schema.Type = JsonSchemaType.Integer;
                schema.Minimum = "0";
                mine.Description = "The last position seen; 0 for all there is.";
                break;
            case "Last-Event-ID":
                mine.Description = "The id of the last event seen; a browser sends it by itself when it comes back.";
                break;
            case "kind":
                schema.Enum = [JsonValue.Create("entry")!];
                break;
        }
    }

    /// <summary>The headers of a response.</summary>
    public static void AddResponseHeaders(IOpenApiResponse response, string status, string? method, OpenApiOperation operation)
    {
        if (response is not OpenApiResponse mine)
        {
            return;
        }

        mine.Description = string.IsNullOrEmpty(mine.Description) ? ReasonPhrases.GetReasonPhrase(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)) : mine.Description;
        Add(mine, "X-Request-ID", "The id of the request.");
        var success = status[0] == '2';
        if (success && method != HttpMethods.Get && !WithoutConsistency.Contains(operation.OperationId))
        {
            Add(mine, ConsistencyToken.Header, "Send it with a list to see this write there.");
        }

        if (success && (operation.Responses!.ContainsKey("304") || operation.OperationId is "createBattle" or "editBattle" or "moveBattle" or "editMe"))
        {
            Add(mine, "ETag", "The version.");
        }

        if (status == "201")
        {
            Add(mine, "Location", "Where the new thing is.");
        }

        if (success && operation.Parameters!.Any(parameter => parameter.Name == "cursor"))
        {
            Add(mine, "Link", "rel=\"next\" leads to the next page.");
        }

        if (operation.Responses!.ContainsKey("429"))
        {
            Add(mine, LimitMiddleware.PolicyHeader, "What is allowed: `\"name\";q=requests;w=seconds`, in fixed windows.");
            Add(mine, LimitMiddleware.Header, "What is left of it: `\"name\";r=requests;t=seconds until the next window`.");
        }

        if (status is "503" or "429")
        {
            Add(mine, "Retry-After", "Seconds to wait.");
        }
        else if (status == "401")
        {
            Add(mine, "WWW-Authenticate", "Bearer, with what is wrong.");
        }
    }

    private static void Add(OpenApiResponse response, string name, string description)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static List<JsonNode> Values<T>()
        where T : struct, Enum => [.. WireEnum<T>.Names.Select(name => (JsonNode)JsonValue.Create(name)!)];
}
