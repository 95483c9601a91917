using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Web.Tests;

/// <summary>That a server has what hears of messages that do not reach their entity.</summary>
[Collection(OneServer.Name)]
public sealed class LostMessagesTests(ServerFixture server)
{
    [Fact]
    public async Task Who_asks_for_an_entity_and_does_not_get_there_is_told()
    {
        var letters = server.Services.GetRequiredService<ActorSystem>().DeadLetters;
        Assert.True((await letters.Ask<Unavailable>(new Envelope("one", new GetUser()), TimeSpan.FromSeconds(30))).NothingDone);
    }
}
