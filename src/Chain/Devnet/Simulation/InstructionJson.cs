using System.Globalization;
using System.Text.Json;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Writes instructions as a node shows them with the encoding <c>jsonParsed</c>.</summary>
internal sealed class InstructionJson(SimulatedChainOptions options, WalletBook book)
{
    private const int InnerHeight = 2;

    private string Program => options.Token2022 ? "spl-token-2022" : "spl-token";

    /// <summary>A top-level instruction.</summary>
    public void WriteStep(Utf8JsonWriter json, Step step)
    {
        switch (step)
        {
            case Direct direct:
                WriteParsed(json, direct.Operation, null);
                break;
            case Batch batch:
                WriteBatch(json, batch);
                break;
            case ProgramCall call:
                WriteOpaque(json, call.Program, Accounts(call), "6E7vZqVXk9", null);
                break;
            default:
                throw new NotSupportedException(step.GetType().Name);
        }
    }

    /// <summary>The instructions that a top-level one calls; nothing when it calls none.</summary>
    public void WriteInner(Utf8JsonWriter json, Step step, int index)
    {
        if (step is not ProgramCall and not Direct { Operation: CreateAccount })
        {
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteStartArray("instructions");
        if (step is ProgramCall call)
        {
            foreach (var operation in call.Operations)
            {
                WriteParsed(json, operation, InnerHeight);
            }
        }
        else if (step is Direct { Operation: CreateAccount create })
        {
            WriteInitialize(json, create);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>An instruction of a program that the node does not know.</summary>
    public static void WriteOpaque(Utf8JsonWriter json, string program, IEnumerable<string> accounts, string data, int? height)
    {
        json.WriteStartObject();
        json.WriteString("programId", program);
        json.WriteStartArray("accounts");
        foreach (var account in accounts)
        {
            json.WriteStringValue(account);
        }

        json.WriteEndArray();
        json.WriteString("data", data);
        WriteHeight(json, height);
        json.WriteEndObject();
    }

    private static IEnumerable<string> Accounts(ProgramCall call) => call.Operations
        .SelectMany(operation => operation switch
        {
            Transfer transfer => new[] { transfer.Source, transfer.Destination, transfer.Authority },
            SolTransfer sol => [sol.Source.Account, sol.Destination.Account, sol.Source.Owner],
            _ => [],
        })
        .Prepend(call.Caller)
        .Distinct();

    private void WriteBatch(Utf8JsonWriter json, Batch batch)
    {
        Begin(json, Program, book.TokenProgram, "batch");
        json.WriteStartArray("instructions");
        foreach (var operation in batch.Operations)
        {
            var (type, info) = Describe(operation);
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteStartObject("info");
            info(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        End(json, null);
    }

    private void WriteParsed(Utf8JsonWriter json, TokenOperation operation, int? height)
    {
        var (program, id) = operation switch
        {
            CreateAccount => ("spl-associated-token-account", Programs.AssociatedToken),
            LamportTransfer => ("system", Programs.System),
            SolTransfer => ("spl-token", Programs.Token),
            _ => (Program, book.TokenProgram),
        };
        var (type, info) = Describe(operation);
        Begin(json, program, id, type);
        info(json);
        End(json, height);
    }

    private void WriteInitialize(Utf8JsonWriter json, CreateAccount create)
    {
        Begin(json, "system", Programs.System, "createAccount");
        json.WriteString("source", create.Payer);
        json.WriteString("newAccount", create.Account);
        json.WriteNumber("lamports", 2_039_280);
        json.WriteNumber("space", 165);
        json.WriteString("owner", book.TokenProgram);
        End(json, InnerHeight);
        Begin(json, Program, book.TokenProgram, "initializeAccount3");
        json.WriteString("account", create.Account);
        json.WriteString("mint", book.Mint);
        json.WriteString("owner", create.Owner);
        End(json, InnerHeight);
    }

    private (string Type, Action<Utf8JsonWriter> Info) Describe(TokenOperation operation) => operation switch
    {
        Transfer { Checked: false } transfer => ("transfer", json => Members(
            json, ("source", transfer.Source), ("destination", transfer.Destination), ("authority", transfer.Authority), ("amount", Digits(transfer.Amount)))),
        Transfer transfer when options.TransferFee > 0 && transfer.Amount % 2 == 0 => ("transferCheckedWithFee", json =>
        {
            WriteTransfer(json, transfer.Source, transfer.Destination, book.Mint, transfer.Authority, transfer.Amount, options.Decimals);
            json.WritePropertyName("feeAmount");
            TokenAmountJson.Write(json, TokenLedger.Fee(transfer.Amount, options.TransferFee), options.Decimals);
        }),
        Transfer transfer => ("transferChecked", json => WriteTransfer(
            json, transfer.Source, transfer.Destination, book.Mint, transfer.Authority, transfer.Amount, options.Decimals)),
        MintTo mint => ("mintTo", json => Members(
            json, ("mint", book.Mint), ("account", mint.Account), ("mintAuthority", book.MintAuthority), ("amount", Digits(mint.Amount)))),
        Burn burn => ("burn", json => Members(
            json, ("account", burn.Account), ("mint", book.Mint), ("authority", burn.Authority), ("amount", Digits(burn.Amount)))),
        SetOwner set => ("setAuthority", json => Members(
            json, ("account", set.Account), ("authorityType", "accountOwner"), ("authority", set.From), ("newAuthority", set.To))),
        CreateAccount create => ("create", json => Members(
            json, ("source", create.Payer), ("account", create.Account), ("wallet", create.Owner), ("mint", book.Mint), ("systemProgram", Programs.System), ("tokenProgram", book.TokenProgram))),
        CloseAccount close => ("closeAccount", json => Members(json, ("account", close.Account), ("destination", close.Owner), ("owner", close.Owner))),
        SolTransfer sol => ("transferChecked", json => WriteTransfer(
            json, sol.Source.Account, sol.Destination.Account, Programs.WrappedSol, sol.Source.Owner, sol.Amount, Programs.SolDecimals)),
        LamportTransfer lamports => ("transfer", json =>
        {
            Members(json, ("source", lamports.Source), ("destination", lamports.Destination));
            json.WriteNumber("lamports", lamports.Lamports);
        }),
        _ => throw new NotSupportedException(operation.GetType().Name),
    };

    private static void WriteTransfer(Utf8JsonWriter json, string source, string destination, string mint, string authority, ulong amount, int decimals)
    {
        Members(json, ("source", source), ("destination", destination), ("mint", mint), ("authority", authority));
        json.WritePropertyName("tokenAmount");
        TokenAmountJson.Write(json, amount, decimals);
    }

    private static void Members(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> members)
    {
        foreach (var (name, value) in members)
        {
            json.WriteString(name, value);
        }
    }

    private static void Begin(Utf8JsonWriter json, string program, string id, string type)
    {
        json.WriteStartObject();
        json.WriteString("program", program);
        json.WriteString("programId", id);
        json.WriteStartObject("parsed");
        json.WriteString("type", type);
        json.WriteStartObject("info");
    }

    private static void End(Utf8JsonWriter json, int? height)
    {
        json.WriteEndObject();
        json.WriteEndObject();
        WriteHeight(json, height);
        json.WriteEndObject();
    }

    private static void WriteHeight(Utf8JsonWriter json, int? height)
    {
        if (height is { } known)
        {
            json.WriteNumber("stackHeight", known);
        }
        else
        {
            json.WriteNull("stackHeight");
        }
    }

    private static string Digits(ulong amount) => amount.ToString(CultureInfo.InvariantCulture);
}
