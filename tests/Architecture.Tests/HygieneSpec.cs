using Xunit;

namespace WildNOut.Architecture.Tests;

/// <summary>What no code under <c>src</c> does.</summary>
public sealed class HygieneSpec
{
    [Fact]
    public void No_state_is_shared_by_all() => Assert.Empty(Code.Source.SelectMany(code => code.Types).SelectMany(Rules.SharedState));

    [Fact]
    public void No_method_is_async_void() => Assert.Empty(Code.Source.SelectMany(code => code.Types).SelectMany(Rules.AsyncVoid));

    [Fact]
    public void Nothing_waits_while_holding_a_thread() => Assert.Empty(Code.Source.SelectMany(code => code.Types).SelectMany(Rules.Blocking));

    [Fact]
    public void Shared_state_is_seen()
    {
        Assert.NotEmpty(Rules.SharedState(Code.Tests.Type(typeof(Shares))));
        Assert.Empty(Rules.SharedState(Code.Tests.Type(typeof(KeepsConstants))));
    }

    [Fact]
    public void Async_void_is_seen() => Assert.NotEmpty(Rules.AsyncVoid(Code.Tests.Type(typeof(ForgetsFailures))));

    [Theory]
    [InlineData(typeof(Sleeps))]
    [InlineData(typeof(Waits))]
    [InlineData(typeof(TakesTheResult))]
    [InlineData(typeof(GetsTheResult))]
    [InlineData(typeof(WaitsInsideAsyncCode))]
    public void Blocking_is_seen(Type breach) => Assert.NotEmpty(Rules.Blocking(Code.Tests.Type(breach)));

    [Fact]
    public void Awaiting_is_not_accused() => Assert.Empty(Rules.Blocking(Code.Tests.Type(typeof(Awaits))));

    private static class Shares
    {
        private static int s_count;

        public static int Breach() => ++s_count;
    }

    private static class KeepsConstants
    {
        public const int Literal = 1;

        private static readonly int Fixed = Environment.ProcessorCount;

        public static int Fine() => Literal + Fixed + Enumerable.Range(0, 3).Count(number => number > 1);
    }

    private static class ForgetsFailures
    {
        public static async void Breach() => await Task.Yield();
    }

    private static class Sleeps
    {
        public static void Breach() => Thread.Sleep(0);
    }

    private static class Waits
    {
        public static void Breach(Task task) => task.Wait();
    }

    private static class TakesTheResult
    {
        public static int Breach(Task<int> task) => task.Result;
    }

    private static class GetsTheResult
    {
        public static int Breach(Task<int> task) => task.GetAwaiter().GetResult();
    }

    private static class WaitsInsideAsyncCode
    {
        public static async Task<int> Breach(Task<int> task)
        {
            await Task.Yield();
            return task.Result;
        }
    }

    private static class Awaits
    {
        public static async Task<int> Fine(Task<int> task) => await task;
    }
}
