using System.Reflection;
using System.Text;
using WildNOut.Actors.Battles;

namespace WildNOut.Actors.Tests.Serialization;

/// <summary>One value of any message type with every member filled, the same on every run: a new type needs no sample of its own.</summary>
internal static class MessageSamples
{
    private static readonly DateTimeOffset Instant = new(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static object Of(Type type) => Of(type, type.Name);

    private static object Of(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying, name);
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(values.Length - 1)!;
        }

        return Simple(type, name) ?? Collection(type, name) ?? Whole(type);
    }

    private static object? Simple(Type type, string name) => type switch
    {
        _ when type == typeof(string) => $"{name} “ü🎤”",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => name.Length,
        _ when type == typeof(long) => 4_000_000_000L + name.Length,
        _ when type == typeof(ulong) => ulong.MaxValue - (ulong)name.Length,
        _ when type == typeof(decimal) => 0.000000000000000001m * name.Length + 1_234,
        _ when type == typeof(BallotDigest) => new BallotDigest(0x0123456789ABCDEF, (ulong)name.Length),
        _ when type == typeof(Guid) => Guid.Parse($"01930000-0000-7000-8000-{name.Length:x12}"),
        _ when type == typeof(DateTimeOffset) => Instant.AddSeconds(name.Length),
        _ when type == typeof(DateOnly) => DateOnly.FromDateTime(Instant.UtcDateTime).AddDays(name.Length),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes("""{"number":1,"list":[true,null,"ü"]}""")),
        _ => null,
    };

    private static object? Collection(Type type, string name)
    {
        if (!type.IsGenericType)
        {
            return null;
        }

        var arguments = type.GetGenericArguments();
        if (arguments is [var item] && type.IsAssignableFrom(item.MakeArrayType()))
        {
            var array = Array.CreateInstance(item, 2);
            array.SetValue(Of(item, name), 0);
            array.SetValue(Of(item, name + "2"), 1);
            return array;
        }

        if (arguments is [var key, var value] && type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(arguments)))
        {
            var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            dictionary.Add(Of(key, "key"), Of(value, name));
            return dictionary;
        }

        return null;
    }

    private static object Whole(Type type)
    {
        var constructor = type.GetConstructors()
            .Where(candidate => candidate.GetParameters() is not [{ } only] || only.ParameterType != type)
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .FirstOrDefault();
        var parameters = constructor?.GetParameters() ?? [];
        var value = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. parameters.Select(parameter => Of(parameter.ParameterType, parameter.Name!))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var isParameter = parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            if (property.CanWrite && !isParameter)
            {
                property.SetValue(value, Of(property.PropertyType, property.Name));
            }
        }

        return value;
    }
}
