namespace WildNOut.Chain.Rpc;

/// <summary>Names endpoints by host and port, and counts those that share one.</summary>
internal sealed class EndpointNames
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of an address: <c>host</c> or <c>host:port</c>, from the second on <c>host#2</c>.</summary>
    public string Name(Uri address)
    {
        var count = _seen[address.Authority] = _seen.GetValueOrDefault(address.Authority) + 1;
        return count == 1 ? address.Authority : FormattableString.Invariant($"{address.Authority}#{count}");
    }
}
