namespace WildNOut.Web.Http;

/// <summary>Reads a request body as it came, for signatures over its bytes.</summary>
internal static class RawBody
{
    /// <summary>The whole body.</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than <see cref="JsonBody.MaxBytes"/> or was cut off.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        return bytes.ToArray();
    }
}
