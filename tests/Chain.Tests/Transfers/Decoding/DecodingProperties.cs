using CsCheck;
using WildNOut.Actors.Token;
using WildNOut.Chain.Transfers.Decoding;

namespace WildNOut.Chain.Tests.Transfers.Decoding;

/// <summary>What holds for every transaction that a chain could carry out.</summary>
public sealed class DecodingProperties
{
    private static readonly TransferDecoder Decoder = new(SimulatedTransaction.Mint, []);

    private static readonly Gen<ulong> Amounts = Gen.Frequency((1, Gen.Const(0UL)), (4, Gen.ULong[1, 1_000]), (2, Gen.ULong));

    private static readonly Gen<SimulatedStep> Steps =
        Gen.Select(Gen.Enum<SimulatedAction>(), Gen.Int[0, 5], Gen.Int[0, 5], Amounts, Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true))), Gen.Bool, Gen.Bool)
            .Select(step => new SimulatedStep(step.Item1, step.Item2, step.Item3, step.Item4, step.Item5, step.Item6, step.Item7));

    private static readonly Gen<(ulong[] Balances, SimulatedStep[] Steps)> Runs = Gen.Select(Amounts.Array[4], Steps.Array[0, 12]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_owners_received_less_what_they_sent_and_paid_is_the_change_of_their_balances(bool token2022) => Runs.Sample(run =>
    {
        var transaction = SimulatedTransaction.Run(run.Balances, run.Steps, token2022);
        var decoded = Decode(transaction);
        Assert.Null(decoded.Parked);
        Assert.Equal(Enumerable.Range(0, decoded.Movements.Count), decoded.Movements.Select(movement => movement.Index));
        Assert.Equal(transaction.Changes(), Changes(decoded.Movements));
    }, iter: 3_000);

    [Fact]
    public void Instructions_that_are_all_told_are_the_movements() => Runs.Sample(run =>
    {
        var transaction = SimulatedTransaction.Run(run.Balances, run.Steps.Select(step => step with { Hidden = false }), false);
        Assert.Equal(transaction.Flows, Decode(transaction).Movements.Select(Flow));
    }, iter: 3_000);

    [Fact]
    public void Fees_that_instructions_do_not_tell_are_found_with_their_transfers() => Runs.Sample(run =>
    {
        var told = run.Steps.Where(step => step.Action != SimulatedAction.HandOver).Select(step => step with { Hidden = false });
        var transaction = SimulatedTransaction.Run(run.Balances, told, true);
        var movements = Decode(transaction).Movements;
        Assert.Equal(transaction.Flows.Select(Gross), movements.Select(Flow).Select(Gross));
        Assert.Equal(transaction.Flows.Aggregate((Int128)0, (sum, flow) => sum + flow.Fee), movements.Aggregate((Int128)0, (sum, movement) => sum + movement.Fee));
    }, iter: 3_000);

    [Fact]
    public void The_same_transaction_always_gives_the_same_movements() => Runs.Sample(run =>
    {
        var transaction = SimulatedTransaction.Run(run.Balances, run.Steps, true);
        Assert.Equal(Fixture.Tell(Decode(transaction)), Fixture.Tell(Decode(transaction)));
    });

    private static DecodedTransaction Decode(SimulatedTransaction transaction) => Decoder.Decode(Fixture.Transaction(transaction.Json()));

    private static SimulatedFlow Flow(Movement movement) => new(movement.Sender, movement.Recipient, movement.Amount, movement.Fee);

    private static (string?, string?, Int128) Gross(SimulatedFlow flow) => (flow.Sender, flow.Recipient, (Int128)flow.Amount + flow.Fee);

    private static SortedDictionary<string, Int128> Changes(IEnumerable<Movement> movements)
    {
        var changes = new SortedDictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var movement in movements)
        {
            Add(movement.Sender, -((Int128)movement.Amount + movement.Fee));
            Add(movement.Recipient, movement.Amount);
        }

        return SimulatedTransaction.WithoutZeros(changes);

        void Add(string? owner, Int128 amount)
        {
            if (owner is not null)
            {
                changes[owner] = changes.GetValueOrDefault(owner) + amount;
            }
        }
    }
}
