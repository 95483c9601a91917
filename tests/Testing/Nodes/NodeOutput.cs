namespace WildNOut.Testing.Nodes;

/// <summary>Finds what the build of the solution has produced.</summary>
public static class NodeOutput
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The web server's Release build.</summary>
    /// <exception cref="FileNotFoundException">It was not built.</exception>
    public static string WebServer
    {
        get
        {
            var path = Path.Combine(Root, "src", "Web", "bin", "Release", "net10.0", "WildNOut.Web.dll");
            return File.Exists(path) ? path : throw new FileNotFoundException("Build src/Web in Release first: dotnet build src/Web -c Release", path);
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WildNOut.Akka.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No WildNOut.Akka.sln above {AppContext.BaseDirectory}.");
    }
}
