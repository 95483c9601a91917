using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using StandardWebhooks;
using WildNOut.Web.Identity.Clerk;

namespace WildNOut.Web.Tests.Identity;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_c2VjcmV0LW9mLXRoZS13ZWJob29rLXRlc3Rz";
    private const string Body = """{"type":"user.created","data":{"id":"user_1","name":"Zoë 🎤"}}""";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void The_public_vector_holds()
    {
        var headers = Headers("svix", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        var signature = Of(WebhookSignature.PublicExample, DateTimeOffset.FromUnixTimeSeconds(1_614_265_330));

        Assert.Null(signature.Judge(headers, """{"test": 2432232314}"""u8));
        Assert.Equal(WebhookFault.Mismatch, signature.Judge(headers, """{"test": 2432232315}"""u8));
    }

    [Theory]
    [InlineData("svix")]
    [InlineData("webhook")]
    public void What_an_independent_library_signs_holds_under_either_names(string family) =>
        Assert.Null(Judge(Headers(family, "msg_1", Seconds(Now), Sign("msg_1", Now, Body))));

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("v1,AAAA {0}", true)]
    [InlineData("{0} v1,AAAA", true)]
    [InlineData("v1a,abc v2,def  {0}", true)]
    [InlineData("v1,AAAA v1,BBBB", false)]
    [InlineData("v1,", false)]
    [InlineData("v2,{1}", false)]
    [InlineData("{1}", false)]
    [InlineData("V1,{1}", false)]
    [InlineData(" ", false)]
    public void Any_of_several_signatures_will_do(string form, bool holds)
    {
        var signature = Sign("msg_1", Now, Body);
        var given = form.Replace("{0}", signature, StringComparison.Ordinal).Replace("{1}", signature[3..], StringComparison.Ordinal);
        Assert.Equal(holds ? null : WebhookFault.Mismatch, Judge(Headers("svix", "msg_1", Seconds(Now), given)));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(300, null)]
    [InlineData(-300, null)]
    [InlineData(301, WebhookFault.OutOfTime)]
    [InlineData(-301, WebhookFault.OutOfTime)]
    public void A_message_may_be_five_minutes_away(int seconds, WebhookFault? fault)
    {
        var then = Now.AddSeconds(seconds);
        Assert.Equal(fault, Judge(Headers("svix", "msg_1", Seconds(then), Sign("msg_1", then, Body))));
    }

    [Fact]
    public void Every_part_is_signed()
    {
        var signature = Sign("msg_1", Now, Body);
        Assert.Equal(WebhookFault.Mismatch, Judge(Headers("svix", "msg_2", Seconds(Now), signature)));
        Assert.Equal(WebhookFault.Mismatch, Judge(Headers("svix", "msg_1", Seconds(Now.AddSeconds(1)), signature)));
        Assert.Equal(WebhookFault.Mismatch, Judge(Headers("svix", "msg_1", Seconds(Now), signature), Body + " "));
        Assert.Equal(WebhookFault.Mismatch, Judge(Headers("svix", "msg_1", Seconds(Now), signature), secret: Secret.Replace("c2Vj", "d2Vj", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, "1700000000", "v1,x", WebhookFault.MissingHeaders)]
    [InlineData("msg_1", null, "v1,x", WebhookFault.MissingHeaders)]
    [InlineData("msg_1", "1700000000", null, WebhookFault.MissingHeaders)]
    [InlineData("", "1700000000", "v1,x", WebhookFault.MissingHeaders)]
    [InlineData("msg 1", "1700000000", "v1,x", WebhookFault.Malformed)]
    [InlineData("msg_é", "1700000000", "v1,x", WebhookFault.Malformed)]
    [InlineData("msg_1", "now", "v1,x", WebhookFault.Malformed)]
    [InlineData("msg_1", "-1700000000", "v1,x", WebhookFault.Malformed)]
    [InlineData("msg_1", "1700000000.5", "v1,x", WebhookFault.Malformed)]
    [InlineData("msg_1", "99999999999999999999", "v1,x", WebhookFault.Malformed)]
    public void Headers_must_be_there_and_in_their_form(string? id, string? time, string? signature, WebhookFault fault) => Assert.Equal(fault, Judge(Headers("svix", id, time, signature)));

    [Fact]
    public void A_header_that_comes_twice_is_missing()
    {
        var headers = Headers("svix", "msg_1", Seconds(Now), Sign("msg_1", Now, Body));
        headers.Append("svix-id", "msg_2");
        Assert.Equal(WebhookFault.MissingHeaders, Judge(headers));
    }

    [Theory]
    [InlineData("whsec_c2VjcmV0LW9mLXRoZS13ZWJob29rLXRlc3Rz", true)]
    [InlineData(WebhookSignature.PublicExample, true)]
    [InlineData("c2VjcmV0LW9mLXRoZS13ZWJob29rLXRlc3Rz", false)]
    [InlineData("whsec_", false)]
    [InlineData("whsec_c2hvcnQ=", false)]
    [InlineData("whsec_not base64", false)]
    public void A_secret_has_its_form(string secret, bool good) => Assert.Equal(good, WebhookSignature.TryReadSecret(secret, out _));

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Sign(string id, DateTimeOffset time, string body) => new StandardWebhook(Secret).Sign(id, time, body);

    private static WebhookSignature Of(string secret, DateTimeOffset now)
    {
        Assert.True(WebhookSignature.TryReadSecret(secret, out var key));
        return new WebhookSignature(key!, new FakeTimeProvider(now));
    }

    private static WebhookFault? Judge(HeaderDictionary headers, string body = Body, string secret = Secret) => Of(secret, Now).Judge(headers, Encoding.UTF8.GetBytes(body));

    private static HeaderDictionary Headers(string family, string? id, string? time, string? signature)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("id", id), ("timestamp", time), ("signature", signature)])
        {
            if (value is not null)
            {
                headers[$"{family}-{name}"] = value;
            }
        }

        return headers;
    }
}
