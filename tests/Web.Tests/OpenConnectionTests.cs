using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace WildNOut.Web.Tests;

/// <summary>A connection to the hub shows its token once; it must not outlive what the token stands for.</summary>
[Collection(OneServer.Name)]
public sealed class OpenConnectionTests(ServerFixture server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Ends_when_its_user_gives_the_account_up_and_no_other_does()
    {
        var (gone, leaves) = await ConnectAsync(server.Token("gives-up"));
        var (stays, left) = await ConnectAsync(server.Token("stays"));
        await using (gone)
        await using (stays)
        {
            Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, "/api/users/me", null, server.Token("gives-up"))).Status);
            await leaves.WaitAsync(Patience);
            Assert.Equal("battles", (await stays.InvokeAsync<JsonElement>("Subscribe", "battles", (long?)null)).GetProperty("channel").GetString());
            Assert.False(left.IsCompleted);
        }
    }

    [Fact]
    public async Task Ends_with_its_session()
    {
        using var wallet = new TestWallet();
        var signedIn = (await wallet.SignInAsync(server)).Json;
        var (connection, leaves) = await ConnectAsync(signedIn.GetProperty("accessToken").GetString()!);
        await using (connection)
        {
            var body = JsonSerializer.Serialize(new { refreshToken = signedIn.GetProperty("refreshToken").GetString() });
            Assert.Equal(204, (await server.PostAsync("/api/auth/logout", body)).Status);
            await leaves.WaitAsync(Patience);
        }
    }

    private async Task<(HubConnection Connection, Task Left)> ConnectAsync(string token)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Client.BaseAddress!, "/hubs/arena"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .Build();
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            left.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        return (connection, left.Task);
    }
}
