using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Http;
using WildNOut.Actors.Engine;
using WildNOut.Web.Identity;
using WildNOut.Web.Realtime;
using Xunit;

namespace WildNOut.Realtime.Tests;

/// <summary>Who counts as one client, and how many streams each may have.</summary>
public sealed class StreamSeatsTests : IDisposable
{
    private readonly RealtimeMetrics _metrics = new();
    private readonly StreamSeats _seats;

    public StreamSeatsTests() => _seats = new StreamSeats(_metrics);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void A_user_counts_wherever_the_requests_come_from()
    {
        for (var taken = 0; taken < StreamSeats.AUser; taken++)
        {
            Assert.NotNull(_seats.TryTake(Request($"192.0.2.{taken}", "ana")));
        }

        Assert.Null(_seats.TryTake(Request("192.0.2.99", "ana")));
        Assert.NotNull(_seats.TryTake(Request("192.0.2.99", "ben")));
        Assert.NotNull(_seats.TryTake(Request("192.0.2.99")));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")]
    public void An_address_counts_where_nobody_is_signed_in(string address, string same, string other)
    {
        for (var taken = 0; taken < StreamSeats.AnAddress; taken++)
        {
            Assert.NotNull(_seats.TryTake(Request(taken % 2 == 0 ? address : same)));
        }

        Assert.Null(_seats.TryTake(Request(address)));
        Assert.Null(_seats.TryTake(Request(same)));
        Assert.NotNull(_seats.TryTake(Request(other)));
        Assert.NotNull(_seats.TryTake(Request(address, "ana")));
    }

    [Fact]
    public void A_seat_is_left_once_and_free_for_the_next()
    {
        var seats = Enumerable.Range(0, StreamSeats.AUser).Select(_ => _seats.TryTake(Request("192.0.2.1", "ana"))!).ToList();
        seats[0].Dispose();
        seats[0].Dispose();
        Assert.NotNull(_seats.TryTake(Request("192.0.2.1", "ana")));
        Assert.Null(_seats.TryTake(Request("192.0.2.1", "ana")));
    }

    [Fact]
    public void What_is_open_and_what_was_refused_is_counted()
    {
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == _metrics)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + value);
        listener.Start();
        var seats = Enumerable.Range(0, StreamSeats.AUser + 2).Select(_ => _seats.TryTake(Request("192.0.2.1", "ana"))).ToList();
        seats[0]!.Dispose();
        Assert.Equal(StreamSeats.AUser - 1, counted["wildnout.realtime.streams"]);
        Assert.Equal(2, counted["wildnout.realtime.streams_refused"]);
    }

    [Fact]
    public async Task Many_at_once_get_as_many_seats_as_there_are()
    {
        for (var round = 0; round < 20; round++)
        {
            var taken = await Task.WhenAll(Enumerable.Range(0, 8 * StreamSeats.AUser).Select(_ => Task.Run(() => _seats.TryTake(Request("192.0.2.1", "ana")))));
            Assert.InRange(taken.Count(seat => seat is not null), 1, StreamSeats.AUser);
            Array.ForEach(taken, seat => seat?.Dispose());
        }
    }

    private static DefaultHttpContext Request(string address, string? user = null)
    {
        var request = new DefaultHttpContext();
        request.Connection.RemoteIpAddress = IPAddress.Parse(address);
        if (user is not null)
        {
            request.User = new CallerPrincipal(new Caller(user, Role.User), DateTimeOffset.MaxValue);
        }

        return request;
    }
}
