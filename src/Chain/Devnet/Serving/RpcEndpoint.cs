using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>JSON-RPC over HTTP, with the faults that concern a method.</summary>
internal sealed class RpcEndpoint(RpcMethods methods, HttpFaults faults)
{
    public async Task AnswerAsync(HttpContext context)
    {
        JsonDocument request;
        try
        {
            request = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        }
        catch (JsonException)
        {
            await WriteAsync(context, "?", Unreadable(-32700, "Parse error"));
            return;
        }

        using (request)
        {
            await AnswerAsync(context, request.RootElement);
        }
    }

    private async Task AnswerAsync(HttpContext context, JsonElement request)
    {
        var method = Method(request.ValueKind == JsonValueKind.Array ? request.EnumerateArray().FirstOrDefault() : request) ?? "?";
        if (await faults.InterruptAsync(context, method))
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (request.ValueKind == JsonValueKind.Array)
            {
                json.WriteStartArray();
                foreach (var call in request.EnumerateArray())
                {
                    Answer(json, call);
                }

                json.WriteEndArray();
            }
            else
            {
                Answer(json, request);
            }
        }

        await WriteAsync(context, method, buffer.WrittenMemory);
    }

    /// <summary>Writes the answer to one call.</summary>
    public void Answer(Utf8JsonWriter json, JsonElement call)
    {
        var method = Method(call);
        var answer = method is null ? RpcAnswer.Error(-32600, "Invalid request") : methods.Call(method, call);
        RpcEnvelope.Write(json, answer, RpcEnvelope.Id(call), method is not null && faults.ConfusesId(method));
    }

    private static string? Method(JsonElement call) =>
        call.ValueKind == JsonValueKind.Object && call.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String ? method.GetString() : null;

    private static ReadOnlyMemory<byte> Unreadable(int code, string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        RpcEnvelope.Write(json, RpcAnswer.Error(code, message), null, confused: false);
        json.Flush();
        return buffer.WrittenMemory;
    }

    private Task WriteAsync(HttpContext context, string method, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync(faults.Spoilt(method, body), context.RequestAborted).AsTask();
    }
}
