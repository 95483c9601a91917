using System.Text.Json.Serialization;
using Akka.Actor;
using Akka.Pattern;
using WildNOut.Actors.Engine;

namespace WildNOut.Chain.Rpc;

/// <summary>Whether calls go out to an endpoint.</summary>
[JsonConverter(typeof(WireEnumConverter<BreakerState>))]
public enum BreakerState
{
    /// <summary>They do.</summary>
    Closed,

    /// <summary>One at a time, to find out whether it is back.</summary>
    HalfOpen,

    /// <summary>They do not.</summary>
    Open,
}

/// <summary>
/// Akka's circuit breaker, told of outcomes by hand. Akka's closes at the first success after it was open; here the first ones of a trial are kept
/// back until there are enough. A call counts for the state it was let through in: those sent before the breaker opened say nothing of the present.
/// Its owner's lock guards it.
/// </summary>
internal sealed class EndpointBreaker(IScheduler scheduler, RpcPoolOptions options)
{
    private readonly CircuitBreaker _breaker = new(scheduler, options.FailuresToOpen, options.CallTimeout, options.OpenFor, options.LongestOpenFor, exponentialBackoffFactor: 2);
    private bool _onTrial;
    private int _passed;

    public BreakerState State => _breaker.IsClosed ? BreakerState.Closed : _breaker.IsHalfOpen ? BreakerState.HalfOpen : BreakerState.Open;

    /// <summary>Whether the call that finds out whether the endpoint is back is under way.</summary>
    public bool OnTrial => State == BreakerState.HalfOpen && _onTrial;

    /// <summary>Whether a call may go out now.</summary>
    public bool Lets => State switch { BreakerState.Closed => true, BreakerState.HalfOpen => !_onTrial, _ => false };

    /// <summary>Lets a call out; null when none may. Each pass is given back by <see cref="Succeed"/>, <see cref="Fail"/> or <see cref="Leave"/>.</summary>
    public Pass? TryEnter()
    {
        if (!Lets)
        {
            return null;
        }

        _onTrial = !_breaker.IsClosed;
        return new Pass(_onTrial);
    }

    /// <summary>The endpoint answered.</summary>
    public void Succeed(Pass pass)
    {
        Leave(pass);
        if (pass.Trial && ++_passed < options.SuccessesToClose)
        {
            return;
        }

        if (pass.Trial || _breaker.IsClosed)
        {
            _passed = 0;
            _breaker.Succeed();
        }
    }

    /// <summary>The endpoint failed.</summary>
    public void Fail(Pass pass)
    {
        Leave(pass);
        if (pass.Trial || _breaker.IsClosed)
        {
            _passed = 0;
            _breaker.Fail();
        }
    }

    /// <summary>Nothing was found out.</summary>
    public void Leave(Pass pass) => _onTrial &= !pass.Trial;

    /// <summary>The right to one call.</summary>
    /// <param name="Trial">Whether it is the one that finds out whether the endpoint is back.</param>
    public readonly record struct Pass(bool Trial);
}
