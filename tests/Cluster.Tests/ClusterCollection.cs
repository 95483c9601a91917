using Xunit;

// Each test has a cluster of processes to itself; two at a time would only fight for the processors.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace WildNOut.Cluster.Tests;

/// <summary>Tests of whole clusters run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ClusterCollection
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "clusters";
}
