using System.Collections.Immutable;
using WildNOut.Actors.Token;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>The token accounts while a block is made: executes what was signed, wholly or not at all.</summary>
internal sealed class TokenLedger(TokenState state, WalletBook book, AccountKeys keys, int transferFee)
{
    private readonly ImmutableDictionary<string, SimulatedAccount>.Builder _accounts = state.Accounts.ToBuilder();
    private readonly List<Touch> _touches = [];
    private readonly List<Movement> _movements = [];
    private string _signature = "";
    private ulong _supply = state.Supply;

    public ulong Supply => _supply;

    public TokenState State => new(_accounts.ToImmutable(), _supply);

    public SimulatedAccount? Find(string account) => _accounts.GetValueOrDefault(account);

    /// <summary>Executes a transaction; null when it cannot land, and then nothing has changed.</summary>
    public SimulatedTransaction? Execute(TransactionIntent intent, Landing landing)
    {
        _touches.Clear();
        _movements.Clear();
        _signature = intent.Signature;
        var supply = _supply;
        foreach (var operation in intent.Operations)
        {
            if (intent.Fails)
            {
                Look(operation);
            }
            else if (!Apply(operation))
            {
                _supply = supply;
                return null;
            }
        }

        var changes = Commit();
        return new SimulatedTransaction(intent, landing.Slot, landing.Position, landing.Time, landing.RecentHash, keys.Of(intent), changes, [.. _movements]);
    }

    private AccountChange[] Commit()
    {
        var changes = new AccountChange[_touches.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            var touch = _touches[i];
            changes[i] = new AccountChange(touch.Address, touch.Before, touch.Now);
            if (touch.Now is null)
            {
                _accounts.Remove(touch.Address);
            }
            else if (!ReferenceEquals(touch.Now, touch.Before))
            {
                _accounts[touch.Address] = touch.Now;
            }
        }

        return changes;
    }

    private bool Apply(TokenOperation operation) => operation switch
    {
        Transfer transfer => Move(transfer),
        MintTo mint => Mint(mint),
        Burn burn => Destroy(burn),
        SetOwner set => Give(set),
        CreateAccount create => Create(create),
        CloseAccount close => Close(close),
        _ => true,
    };

    private void Look(TokenOperation operation)
    {
        if (operation is Transfer transfer)
        {
            Touched(transfer.Source);
            Touched(transfer.Destination);
        }
    }

    private bool Move(Transfer transfer)
    {
        var source = Touched(transfer.Source);
        var destination = Touched(transfer.Destination);
        if (source.Now is null || destination.Now is null || source.Now.Owner != transfer.Authority || source.Now.Amount < transfer.Amount)
        {
            return false;
        }

        // Token-2022 takes no fee from a transfer of an account to itself.
        var fee = source == destination ? 0 : Fee(transfer.Amount, transferFee);
        source.Now = source.Now with { Amount = source.Now.Amount - transfer.Amount };
        destination.Now = destination.Now with
        {
            Amount = destination.Now.Amount + transfer.Amount - fee,
            Withheld = destination.Now.Withheld + fee,
        };
        Record(source.Now.Owner, destination.Now.Owner, transfer.Amount - fee, fee);
        return true;
    }

    private bool Mint(MintTo mint)
    {
        var account = Touched(mint.Account);
        if (account.Now is null || ulong.MaxValue - _supply < mint.Amount)
        {
            return false;
        }

        account.Now = account.Now with { Amount = account.Now.Amount + mint.Amount };
        _supply += mint.Amount;
        Record(null, account.Now.Owner, mint.Amount);
        return true;
    }

    private bool Destroy(Burn burn)
    {
        var account = Touched(burn.Account);
        if (account.Now is null || account.Now.Owner != burn.Authority || account.Now.Amount < burn.Amount)
        {
            return false;
        }

        account.Now = account.Now with { Amount = account.Now.Amount - burn.Amount };
        _supply -= burn.Amount;
        Record(account.Now.Owner, null, burn.Amount);
        return true;
    }

    private bool Give(SetOwner set)
    {
        var account = Touched(set.Account);
        if (account.Now is null || account.Now.Owner != set.From)
        {
            return false;
        }

        account.Now = account.Now with { Owner = set.To };
        if (account.Now.Amount > 0)
        {
            Record(set.From, set.To, account.Now.Amount);
        }

        return true;
    }

    private bool Create(CreateAccount create)
    {
        var account = Touched(create.Account);
        if (account.Now is not null)
        {
            return false;
        }

        account.Now = new SimulatedAccount(create.Account, create.Owner, 0);
        return true;
    }

    private bool Close(CloseAccount close)
    {
        var account = Touched(close.Account);
        if (account.Now is not { Amount: 0, Withheld: 0 } || account.Now.Owner != close.Owner)
        {
            return false;
        }

        account.Now = null;
        return true;
    }

    /// <summary>The fee of a transfer, rounded up as Token-2022 does.</summary>
    public static ulong Fee(ulong amount, int hundredths) => (ulong)((((UInt128)amount * (uint)hundredths) + 9_999) / 10_000);

    private void Record(string? sender, string? recipient, ulong amount, ulong fee = 0) =>
        _movements.Add(new Movement(_signature, _movements.Count, Kind(sender, recipient), sender, recipient, amount, fee));

    private MovementKind Kind(string? sender, string? recipient) => (sender, recipient) switch
    {
        (null, _) => MovementKind.Mint,
        (_, null) => MovementKind.Burn,
        _ when book.IsPool(sender) => MovementKind.Buy,
        _ when book.IsPool(recipient) => MovementKind.Sell,
        _ => MovementKind.Transfer,
    };

    private Touch Touched(string address)
    {
        foreach (var touch in _touches)
        {
            if (touch.Address == address)
            {
                return touch;
            }
        }

        var first = new Touch(address, Find(address));
        _touches.Add(first);
        return first;
    }

    private sealed class Touch(string address, SimulatedAccount? before)
    {
        public string Address { get; } = address;

        public SimulatedAccount? Before { get; } = before;

        public SimulatedAccount? Now { get; set; } = before;
    }
}

/// <summary>Where a transaction lands.</summary>
internal readonly record struct Landing(ulong Slot, int Position, long? Time, string RecentHash);
