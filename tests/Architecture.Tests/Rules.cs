using Mono.Cecil;

namespace WildNOut.Architecture.Tests;

/// <summary>The rules of the code, each a function from a type to the ways in which it breaks the rule.</summary>
internal static class Rules
{
    private static readonly string[] ImpureNamespaces =
        ["Akka.", "System.IO.", "System.Net.", "System.Data.", "System.Threading.Tasks.", "Npgsql", "LinqToDB", "FluentMigrator", "Microsoft."];

    private static readonly string[] ImpureMembers =
    [
        "System.DateTimeOffset::get_UtcNow", "System.DateTimeOffset::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Now",
        "System.DateTime::get_Today", "System.Guid::NewGuid", "System.Guid::CreateVersion7", "System.Environment::GetEnvironmentVariable",
        "System.Environment::get_TickCount", "System.Environment::get_TickCount64", "System.Environment::get_MachineName", "System.Random::",
        "System.TimeProvider::", "System.Diagnostics.Stopwatch::", "System.Security.Cryptography.RandomNumberGenerator::", "System.Console::",
    ];

    private static readonly string[] BlockingMembers =
    [
        "System.Threading.Tasks.Task::Wait", "System.Threading.Tasks.Task::WaitAll", "System.Threading.Tasks.Task::WaitAny",
        "System.Threading.Tasks.Task`1::get_Result", "System.Threading.Tasks.ValueTask`1::get_Result", "System.Threading.Thread::Sleep",
        "System.Runtime.CompilerServices.TaskAwaiter::GetResult", "System.Runtime.CompilerServices.TaskAwaiter`1::GetResult",
    ];

    /// <summary>Namespaces that a type may not name.</summary>
    public static IEnumerable<string> Naming(TypeDefinition type, params string[] prefixes) =>
        Code.Dependencies(type).Where(name => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).Select(name => $"{type.FullName} names {name}");

    /// <summary>No Akka, no I/O, no clock, no randomness: time, ids and prices come in with the command.</summary>
    public static IEnumerable<string> Impurities(TypeDefinition type) =>
        Naming(type, ImpureNamespaces).Concat(Code.Uses(type)
            .Where(use => ImpureMembers.Any(member => member.EndsWith("::", StringComparison.Ordinal)
                ? use.Member.StartsWith(member, StringComparison.Ordinal)
                : use.Member == member))
            .Select(use => $"{use.From} uses {use.Member}"));

    /// <summary>State that all share: a static field that can be set after the type was made.</summary>
    public static IEnumerable<string> SharedState(TypeDefinition type) =>
        from nested in Code.WithNested(type)
        from field in nested.Fields
        where field is { IsStatic: true, IsInitOnly: false, IsLiteral: false }
            && !field.Name.StartsWith('<')
            && !nested.Name.StartsWith('<')
            && !field.CustomAttributes.Any(attribute => attribute.AttributeType.Name == nameof(ThreadStaticAttribute))
            && !IsGenerated(nested)
            && !IsGenerated(field)
        select $"{field.FullName} can be set";

    /// <summary>A method whose failure nobody hears.</summary>
    public static IEnumerable<string> AsyncVoid(TypeDefinition type) =>
        from method in Code.Methods(type)
        where method.ReturnType.MetadataType == MetadataType.Void
            && method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "AsyncStateMachineAttribute")
        select $"{method.FullName} is async void";

    /// <summary>
    /// Waiting that holds a thread. The awaiters inside a state machine of the compiler are those of <c>await</c>, and the compiler's own entry
    /// point waits for an asynchronous <c>Main</c>.
    /// </summary>
    public static IEnumerable<string> Blocking(TypeDefinition type) =>
        from nested in Code.WithNested(type)
        let stateMachine = nested.Interfaces.Any(contract => contract.InterfaceType.Name == "IAsyncStateMachine")
        from use in nested.Methods.Where(method => method.Name != "<Main>").SelectMany(Code.Uses).Where(use => BlockingMembers.Contains(use.Member))
        where !(stateMachine && use.Member.Contains("Awaiter", StringComparison.Ordinal))
        select $"{use.From} uses {use.Member}";

    private static bool IsGenerated(ICustomAttributeProvider member) => member.CustomAttributes.Any(attribute =>
        attribute.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");
}
