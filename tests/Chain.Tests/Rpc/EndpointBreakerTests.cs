using Akka.Actor;
using Akka.TestKit;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>When an endpoint is no longer asked, and how it comes back.</summary>
public sealed class EndpointBreakerTests : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("breaker", """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """);
    private readonly EndpointBreaker _breaker;

    public EndpointBreakerTests() => _breaker = new EndpointBreaker(_system.Scheduler, new RpcPoolOptions());

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void Five_failures_in_a_row_open_it_and_a_success_between_them_counts_anew()
    {
        Fail(4);
        _breaker.Succeed(Enter());
        Fail(4);
        Assert.Equal(BreakerState.Closed, _breaker.State);
        Fail(1);

        Assert.Equal(BreakerState.Open, _breaker.State);
        Assert.Null(_breaker.TryEnter());
    }

    [Fact]
    public void It_stays_open_for_a_moment_and_then_lets_one_call_out_at_a_time()
    {
        Fail(5);
        Advance(1.15);
        Assert.Null(_breaker.TryEnter());
        Advance(0.1);

        Assert.Equal(BreakerState.HalfOpen, _breaker.State);
        Assert.NotNull(_breaker.TryEnter());
        Assert.Null(_breaker.TryEnter());
    }

    [Fact]
    public void Two_successes_close_it_and_one_does_not()
    {
        Fail(5);
        Advance(1.25);
        _breaker.Succeed(Enter());
        Assert.Equal(BreakerState.HalfOpen, _breaker.State);
        _breaker.Succeed(Enter());

        Assert.Equal(BreakerState.Closed, _breaker.State);
        Fail(4);
        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public void A_failed_trial_opens_it_for_longer_up_to_ten_seconds_and_forgets_the_success_before()
    {
        Fail(5);
        foreach (var seconds in new[] { 1.25, 2.5, 5, 10, 10, 10 })
        {
            Advance(seconds - 0.1);
            Assert.Equal(BreakerState.Open, _breaker.State);
            Advance(0.1);
            _breaker.Succeed(Enter());
            Assert.Equal(BreakerState.HalfOpen, _breaker.State);
            _breaker.Fail(Enter());
            Assert.Equal(BreakerState.Open, _breaker.State);
        }
    }

    [Fact]
    public void Once_closed_it_opens_for_a_moment_again()
    {
        Fail(5);
        Advance(1.25);
        _breaker.Fail(Enter());
        Advance(2.5);
        _breaker.Succeed(Enter());
        _breaker.Succeed(Enter());
        Fail(5);
        Advance(1.25);
        Assert.Equal(BreakerState.HalfOpen, _breaker.State);
    }

    [Fact]
    public void Calls_that_were_sent_before_it_opened_say_nothing_of_the_trial()
    {
        var (failing, fine) = (Enter(), Enter());
        Fail(5);
        _breaker.Fail(failing);
        Advance(1.25);
        _breaker.Succeed(fine);
        _breaker.Fail(failing);
        Assert.Equal(BreakerState.HalfOpen, _breaker.State);

        _breaker.Succeed(Enter());
        _breaker.Succeed(fine);
        Assert.Equal(BreakerState.HalfOpen, _breaker.State);
    }

    [Fact]
    public void A_caller_who_goes_away_gives_the_trial_to_the_next()
    {
        Fail(5);
        Advance(1.25);
        _breaker.Leave(Enter());

        Assert.NotNull(_breaker.TryEnter());
    }

    private EndpointBreaker.Pass Enter() => _breaker.TryEnter() ?? throw new InvalidOperationException("It lets nobody out.");

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.Fail(Enter());
        }
    }

    private void Advance(double seconds) => ((TestScheduler)_system.Scheduler).Advance(TimeSpan.FromSeconds(seconds));
}
