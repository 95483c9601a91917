using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Tests.Identity;

public sealed class ClerkUsersTests(ClerkServer server) : IClassFixture<ClerkServer>
{
    private readonly string _id = "user_" + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_user_exists_and_follows_the_newest_version_in_whatever_order_they_come()
    {
        Assert.Equal(204, await TellAsync("user.updated", 3_000, first: "\"Mary\"", last: "\"Jane\"", role: "moderator"));
        Assert.Equal(204, await TellAsync("user.created", 1_000, first: "\"Mary\"", last: "null"));
        Assert.Equal(204, await TellAsync("user.updated", 2_000, first: "\"Maria\"", last: "null", role: "admin"));

        var user = Assert.IsType<UserView>(await AskAsync());
        Assert.Equal(("Mary Jane", "https://img.example/3000", Role.Moderator), (user.DisplayName, user.AvatarUrl, user.Role));

        Assert.Equal(204, await TellAsync("user.updated", 4_000, first: "null", last: "\" Jane \""));
        user = Assert.IsType<UserView>(await AskAsync());
        Assert.Equal(("Jane", Role.User), (user.DisplayName, user.Role));
    }

    [Fact]
    public async Task A_repeat_changes_nothing()
    {
        Assert.Equal(204, await TellAsync("user.created", 1_000, message: "msg_repeat"));
        var before = Assert.IsType<UserView>(await AskAsync()).Version;
        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(204, await TellAsync("user.created", 1_000, message: "msg_repeat"));
        }

        Assert.Equal(before, Assert.IsType<UserView>(await AskAsync()).Version);
    }

    [Fact]
    public async Task Who_was_deleted_stays_so_even_when_the_creation_comes_later()
    {
        Assert.Equal(204, (await server.TellAsync($$"""{"type":"user.deleted","object":"event","data":{"id":"{{_id}}","deleted":true,"object":"user"},"timestamp":5000}""", "msg_gone")).Status);
        Assert.Equal(204, await TellAsync("user.created", 1_000));
        Assert.Equal(204, await TellAsync("user.updated", 9_000));
        Assert.IsType<Rejection>(await AskAsync());
    }

    [Fact]
    public async Task What_the_platform_cannot_take_over_is_left_out()
    {
        var body = $$$"""
            {"type":"user.created","data":{"id":"{{{_id}}}","username":"No Such Name!","first_name":"{{{new string('x', 80)}}}","image_url":"http://img.example/1","public_metadata":{"role":["admin"]},"updated_at":1}}
            """;
        Assert.Equal(204, (await server.TellAsync(body, "msg_odd")).Status);
        var user = Assert.IsType<UserView>(await AskAsync());
        Assert.Equal((null, null, Role.User), (user.DisplayName, user.AvatarUrl, user.Role));
    }

    [Theory]
    [InlineData("""{"type":"user.created","data":{"updated_at":1}}""", "data.id")]
    [InlineData("""{"type":"user.created","data":{"id":"","updated_at":1}}""", "data.id")]
    [InlineData("""{"type":"user.deleted","data":{"id":"a\nb"}}""", "data.id")]
    [InlineData("""{"type":"user.created","data":{"id":"user_1"}}""", "timestamp")]
    [InlineData("""{"type":"user.created","data":{"id":"user_1","updated_at":-1}}""", "timestamp")]
    [InlineData("""{"type":"user.created","data":{"id":"user_1","updated_at":9223372036854775807}}""", "timestamp")]
    public async Task A_user_without_an_id_or_a_time_is_a_faulty_request(string body, string field) =>
        Assert.Equal([field], (await server.TellAsync(body, "msg_faulty")).AssertProblem(400, "validation_error").Keys);

    private async Task<int> TellAsync(string type, long version, string first = "\"Mary\"", string last = "\"Jane\"", string? role = null, string? message = null)
    {
        var metadata = role is null ? "{}" : $$"""{"role":"{{role}}"}""";
        var body = $$$"""
            {"type":"{{{type}}}","object":"event","timestamp":{{{version + 5}}},"data":{"id":"{{{_id}}}","object":"user","username":null,"first_name":{{{first}}},"last_name":{{{last}}},"image_url":"https://img.example/{{{version}}}","public_metadata":{{{metadata}}},"created_at":1000,"updated_at":{{{version}}}}}
            """;
        return (await server.TellAsync(body, message ?? $"msg_{Guid.NewGuid():N}")).Status;
    }

    private Task<IReply> AskAsync() => server.Services.GetRequiredService<EntityGateway>().AskAsync(UserRegions.OfUser(_id), new GetUser());
}
