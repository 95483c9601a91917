using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using WildNOut.Web.Configuration;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Operations;

/// <summary>The OpenAPI 3.1 document: what the routes do not say of themselves.</summary>
internal static class ApiDocument
{
    private const string Bearer = "bearer";

    /// <summary>Adds the document <c>v1</c>.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services, ServerOptions options) => services.AddOpenApi("v1", openApi =>
    {
        openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        openApi.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document, options);
            return Task.CompletedTask;
        });
        openApi.AddOperationTransformer((operation, context, _) =>
        {
            Complete(operation, context);
            return Task.CompletedTask;
        });
        openApi.AddSchemaTransformer((schema, context, _) =>
        {
            ApiSchemas.Complete(schema, context);
            return Task.CompletedTask;
        });
    });

    private static void Introduce(OpenApiDocument document, ServerOptions options)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Wild 'n Out",
            Version = "v1",
            Description = "Battles, entries, votes and results; people, points and levels; wallets and sign-in.\n\n"
                + "Every failure has one body: RFC 9457 problem details with the member `error {code, message, details}`. "
                + "Every response carries `X-Request-ID`. A write carries `X-Consistency`; a list that gets it back waits until it has the write. "
                + "Any POST takes an `Idempotency-Key`: a repeat gets the first answer.\n\n"
                + (options.Development ? $"In Development `POST {options.ApiPrefix}/auth/dev/token` gives a token for any user and role." : string.Empty),
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token of the platform, in the header Authorization.",
        };
    }

    private static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var method = context.Description.HttpMethod;
        if (metadata.OfType<AccessRule>().FirstOrDefault() is { } rule)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            operation.Description += rule.Least == Actors.Engine.Role.User ? string.Empty : $" Needs the role {Actors.Engine.WireEnum<Actors.Engine.Role>.Name(rule.Least)} or a higher one.";
        }

        foreach (var parameter in operation.Parameters ?? [])
        {
            ApiParameters.Describe(parameter, operation.OperationId);
        }

        operation.Parameters ??= [];
        operation.Parameters.Add(ApiParameters.Header("X-Request-ID", "Follows the request through answers and logs; made up when absent."));
        if (method == HttpMethods.Post)
        {
            operation.Parameters.Add(ApiParameters.Header(Idempotency.Header, "1 to 255 visible ASCII characters. A repeat with the same key gets the first answer; the same key with another body is refused."));
        }

        if (method == HttpMethods.Patch)
        {
            operation.Parameters.Add(ApiParameters.Header("If-Match", "The ETag last seen; the edit is refused with 412 when the thing has changed since."));
        }

        if (operation.Responses?.ContainsKey("304") == true)
        {
            operation.Parameters.Add(ApiParameters.Header("If-None-Match", "The ETag last seen; 304 when nothing has changed."));
        }

        if (operation.Parameters.Any(parameter => parameter.Name == "cursor"))
        {
            operation.Parameters.Add(ApiParameters.Header(ConsistencyToken.Header, "From a write's answer: waits at most 2 s until the list has that write."));
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            ApiParameters.AddResponseHeaders(response, status, method, operation);
        }
    }
}
