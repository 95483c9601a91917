using System.Text;
using System.Text.Json;
using WildNOut.Actors.Engine.Channels;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class ChannelsJsonTests
{
    private const string Data = """{ "odd" : [1.0, "\u00e9"],"n":1 }""";

    [Fact]
    public void Data_travels_byte_for_byte()
    {
        var publish = new Publish(new Announcement("battles", "battle.created", Given.Noon, Encoding.UTF8.GetBytes(Data)));

        var json = JsonSerializer.Serialize(publish, ChannelsJson.Default.Publish);
        var read = JsonSerializer.Deserialize(json, ChannelsJson.Default.Publish)!.Announcement;

        Assert.Contains(Data, json, StringComparison.Ordinal);
        Assert.Equal(Data, Encoding.UTF8.GetString(read.Data.Span));
        Assert.Equal(publish.Announcement with { Data = read.Data }, read);
    }

    [Fact]
    public void The_stretch_that_a_node_gets_keeps_its_form()
    {
        var messages = new ChannelMessages(
            "battles", 7, 9, [new(9, "battle.vote", Given.Noon, Encoding.UTF8.GetBytes(Data), "tally")], Restart: true);

        Assert.Equal(
            """{"channel":"battles","after":7,"sequence":9,"messages":[{"sequence":9,"type":"battle.vote","timestamp":"2026-05-01T12:00:00.000Z","data":""" + Data + ""","foldKey":"tally"}],"restart":true}""",
            JsonSerializer.Serialize(messages, ChannelsJson.Default.ChannelMessages));
    }
}
