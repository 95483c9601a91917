namespace WildNOut.Actors.Engine;

/// <summary>A hash of text that is the same in every process and version.</summary>
public static class StableHash
{
    /// <summary>A number from 0 to <paramref name="buckets"/> − 1: FNV-1a of the UTF-16 units, folded. Never change it: votes are kept by it.</summary>
    public static int Bucket(string text, int buckets)
    {
        var hash = 2_166_136_261u;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 16_777_619u;
        }

        return (int)((hash ^ (hash >> 16)) % (uint)buckets);
    }
}
