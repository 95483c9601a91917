namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>
/// Shares a whole out by weight, each share rounded up as transfer fees are: all of it is given, and no share exceeds its weight unless the whole exceeds all
/// weights.
/// </summary>
/// <param name="whole">What is shared out.</param>
/// <param name="weights">The sum of all weights to come; 0 only with a whole of 0.</param>
internal struct Apportionment(ulong whole, ulong weights)
{
    private ulong _whole = whole;
    private ulong _weights = weights;

    /// <summary>The share of the next weight.</summary>
    public ulong Next(ulong weight)
    {
        if (_whole == 0)
        {
            return 0;
        }

        var share = (ulong)((((UInt128)_whole * weight) + _weights - 1) / _weights);
        _whole -= share;
        _weights -= weight;
        return share;
    }
}
