using System.Text;
using System.Text.Json.Nodes;
using MessagePack;
using WildNOut.Web.Realtime;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class JsonToMessagePackTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true,false,null],"c":{"d":"é\n\"","e":{}},"f":[]}""")]
    [InlineData("""[0,-1,255,65536,-2147483649,9007199254740993,1.5,-0.25,1e30]""")]
    [InlineData("\"text\"")]
    [InlineData("17")]
    [InlineData("null")]
    public void Every_value_keeps_its_meaning(string json)
    {
        var packed = JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(json));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(MessagePackSerializer.ConvertToJson(packed))));
    }

    [Fact]
    public void Nothing_is_null() => Assert.Equal([MessagePackCode.Nil], JsonToMessagePack.Convert(default));
}
