using Akka.Configuration;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors;

/// <summary>The HOCON of a node: what its options say, then its overrides, then the files under <c>hocon/</c>.</summary>
public static class NodeHocon
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "hocon");

    /// <summary>The whole configuration of a node.</summary>
    public static Config Of(NodeOptions options, DatabaseKind database) =>
        ConfigurationFactory.ParseString(options.ExtraHocon ?? "")
            .WithFallback(FromOptions(options))
            .WithFallback(File(database == DatabaseKind.Postgres ? "persistence.postgres" : "persistence.sqlite"))
            .WithFallback(File("persistence"))
            .WithFallback(File("cluster"))
            .WithFallback(File("akka"));

    /// <summary>One file of the platform's own settings under <c>hocon/</c>, with the overrides of a node's options.</summary>
    public static Config Of(NodeOptions options, string file) => ConfigurationFactory.ParseString(options.ExtraHocon ?? "").WithFallback(File(file));

    private static Config FromOptions(NodeOptions options) => ConfigurationFactory.ParseString($$"""
        akka {
          remote.dot-netty.tcp {
            hostname = "{{options.Hostname}}"
            port = {{options.Port}}
          }
          cluster {
            roles = [{{string.Join(", ", options.Roles)}}]
            seed-nodes = [{{string.Join(", ", options.Seeds.Select(seed => $"\"akka.tcp://{Names.System}@{seed}\""))}}]
          }
        }
        """);

    private static Config File(string name) => ConfigurationFactory.ParseString(System.IO.File.ReadAllText(Path.Combine(Folder, name + ".conf")));
}
