using Mono.Cecil;

namespace WildNOut.Architecture.Tests;

/// <summary>The compiled code of an assembly: which type calls and names what. Compiler-made types (closures, state machines) count as the type that holds them.</summary>
internal sealed class Code
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    public Code(string assembly)
    {
        var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), new ReaderParameters { ReadSymbols = true });
        Types = [.. module.Types.Where(type => !IsGenerated(type))];
        foreach (var type in Types)
        {
            _files[type.FullName] = FileOf(type);
        }
    }

    public static Code Actors { get; } = new("WildNOut.Actors");

    public static Code Chain { get; } = new("WildNOut.Chain");

    public static Code Web { get; } = new("WildNOut.Web");

    public static Code Tests { get; } = new("WildNOut.Architecture.Tests");

    public static IEnumerable<Code> Source => [Actors, Chain, Web];

    public IReadOnlyList<TypeDefinition> Types { get; }

    public TypeDefinition Type(Type type) => Types.SelectMany(WithNested).Single(found => found.FullName == type.FullName!.Replace('+', '/'));

    /// <summary>The name of the source file, without folder and ending; the type's own name where it has no code.</summary>
    public string File(TypeDefinition type) => _files[type.FullName];

    public static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    public static IEnumerable<MethodDefinition> Methods(TypeDefinition type) => WithNested(type).SelectMany(nested => nested.Methods);

    /// <summary>Every call of a method or use of a field, as <c>Namespace.Type::Member</c>, with the method that does it.</summary>
    public static IEnumerable<(string From, string Member)> Uses(TypeDefinition type) => Methods(type).SelectMany(Uses);

    public static IEnumerable<(string From, string Member)> Uses(MethodDefinition method) =>
        from instruction in method.HasBody ? method.Body.Instructions : []
        where instruction.Operand is MemberReference { DeclaringType: not null }
        let member = (MemberReference)instruction.Operand
        select (method.FullName, $"{member.DeclaringType.GetElementType().FullName}::{member.Name}");

    /// <summary>The full names of all types that a type names in signatures, fields, attributes of inheritance and code.</summary>
    public static IReadOnlySet<string> Dependencies(TypeDefinition type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var nested in WithNested(type))
        {
            Add(names, nested.BaseType);
            foreach (var contract in nested.Interfaces)
            {
                Add(names, contract.InterfaceType);
            }

            foreach (var field in nested.Fields)
            {
                Add(names, field.FieldType);
            }
        }

        foreach (var method in Methods(type))
        {
            Add(names, method.ReturnType);
            foreach (var parameter in method.Parameters)
            {
                Add(names, parameter.ParameterType);
            }

            AddBody(names, method);
        }

        names.Remove(type.FullName);
        return names;
    }

    private static void AddBody(HashSet<string> names, MethodDefinition method)
    {
        if (!method.HasBody)
        {
            return;
        }

        foreach (var variable in method.Body.Variables)
        {
            Add(names, variable.VariableType);
        }

        foreach (var operand in method.Body.Instructions.Select(instruction => instruction.Operand))
        {
            if (operand is TypeReference type)
            {
                Add(names, type);
            }
            else if (operand is MemberReference member)
            {
                Add(names, member.DeclaringType);
                Add(names, (member as FieldReference)?.FieldType);
                Add(names, (member as MethodReference)?.ReturnType);
            }
        }
    }

    private static void Add(HashSet<string> names, TypeReference? type)
    {
        if (type is null or GenericParameter)
        {
            return;
        }

        if (type is GenericInstanceType generic)
        {
            foreach (var argument in generic.GenericArguments)
            {
                Add(names, argument);
            }
        }

        var element = type.GetElementType();
        while (element.DeclaringType is not null)
        {
            element = element.DeclaringType;
        }

        names.Add(element.FullName);
    }

    private static bool IsGenerated(TypeDefinition type) =>
        type.Name.StartsWith('<') || type.Namespace.StartsWith("System", StringComparison.Ordinal) || type.Namespace.StartsWith("Microsoft", StringComparison.Ordinal);

    private static string FileOf(TypeDefinition type)
    {
        var document = Methods(type)
            .Where(method => method.DebugInformation.HasSequencePoints)
            .SelectMany(method => method.DebugInformation.SequencePoints)
            .Select(point => point.Document.Url)
            .FirstOrDefault(url => !url.EndsWith(".g.cs", StringComparison.Ordinal));
        return Path.GetFileNameWithoutExtension(document ?? type.Name);
    }
}
