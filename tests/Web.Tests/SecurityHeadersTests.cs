using Microsoft.AspNetCore.Http;
using WildNOut.Web.Configuration;
using WildNOut.Web.Http;

namespace WildNOut.Web.Tests;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "max-age=31536000; includeSubDomains")]
    public void Transport_security_is_demanded_outside_development(bool development, string? header)
    {
        var (options, _) = ServerOptionsReader.Read(name => name == "JWT_SECRET" ? new string('s', 32) : null, development);
        var http = new DefaultHttpContext();
        new SecurityHeaders(options).AddTo(http);
        Assert.Equal(header, http.Response.Headers.StrictTransportSecurity.FirstOrDefault());
    }
}
