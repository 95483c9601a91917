using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using WildNOut.Web.Endpoints;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Operations;

/// <summary>Schemas in the OpenAPI document: what the JSON contracts do not say.</summary>
internal static class ApiSchemas
{
    /// <summary>Completes one schema.</summary>
    public static void Complete(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "date-time";
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (context.JsonPropertyInfo is null && Examples.TryGetValue(type, out var example))
        {
            schema.Examples = [JsonNode.Parse(example)!];
        }

        if (context.JsonPropertyInfo is null && type.Namespace == typeof(CreateBattleRequest).Namespace && type.Name.EndsWith("Request", StringComparison.Ordinal))
        {
            schema.AdditionalPropertiesAllowed = false;

            // A field that is missing and one that is null are the same; the attribute says which ones must be there.
            schema.Required = context.JsonTypeInfo.Properties
                .Where(property => property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: false) == true)
                .Select(property => property.Name)
                .ToHashSet(StringComparer.Ordinal);
        }
    }

    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(CreateBattleRequest)] = """
            {"title":"Friday freestyle","description":"Sixteen bars, any beat.","type":"wildStyle","startTime":"2030-01-04T18:00:00.000Z","endTime":"2030-01-04T19:00:00.000Z"}
            """,
        [typeof(EditBattleRequest)] = """{"title":"Friday freestyle, late show"}""",
        [typeof(MoveBattleRequest)] = """{"status":"voting"}""",
        [typeof(SubmitEntryRequest)] = """{"content":{"type":"text","text":"I came, I saw, I rhymed."}}""",
        [typeof(VoteRequest)] = """{"entryId":"01938a5c-7d2e-7bb3-a3f0-5d0c1c8f2e11"}""",
        [typeof(ModerateRequest)] = """{"action":"reject","reason":"Not your own words."}""",
        [typeof(DevelopmentTokenRequest)] = """{"userId":"alice","role":"user"}""",
        [typeof(EditProfileRequest)] = """{"username":"mc_alice","displayName":"MC Alice","privacy":{"showWallets":true}}""",
        [typeof(RoleRequest)] = """{"role":"moderator"}""",
        [typeof(PointsRequest)] = """{"type":"credit","amount":50,"reason":"Host of the week"}""",
        [typeof(WalletChallengeRequest)] = """{"address":"FAe4sisG95oZ42w7buUn5qEE4TAnfTTFPiguZUHmhiF"}""",
        [typeof(MarkReadRequest)] = """{"all":true}""",
        [typeof(PreferencesRequest)] = """{"kinds":{"battleCompleted":true,"entryModerated":false}}""",
        [typeof(ProblemBody)] = """
            {"type":"urn:wildnout:error:already_voted","title":"Conflict","status":409,"detail":"You have already voted for this entry.","instance":"/api/battles/01938a5c-7d2e-7bb3-a3f0-5d0c1c8f2e11/votes","requestId":"5f0c1c8f2e1101938a5c7d2e","error":{"code":"already_voted","message":"You have already voted for this entry."}}
            """,
    };
}
