using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace WildNOut.Testing.Nodes;

/// <summary>One server process on loopback: started as in production, killed and stopped as in production.</summary>
/// <remarks>The process does not outlive the one that started it, however that ends.</remarks>
public sealed class NodeProcess : IAsyncDisposable
{
    /// <summary>The environment variable that, when set, keeps the nodes' folders with their logs under the temporary folder.</summary>
    public const string KeepLogs = "WILDNOUT_TEST_KEEP_LOGS";

    private static readonly HttpClient Probe = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = TimeSpan.FromSeconds(2),
    };

    private readonly Dictionary<string, string> _environment;
    private readonly IReadOnlyList<string> _program;
    private Process? _process;
    private Process? _keeper;
    private int _starts;

    /// <summary>A node that is not running yet.</summary>
    /// <param name="name">For messages and log files.</param>
    /// <param name="environment">Its configuration, beside ports and addresses.</param>
    /// <param name="program">The assembly to run and its arguments; none for the platform's server.</param>
    public NodeProcess(string name, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> program)
    {
        Name = name;
        _program = program;
        Folder = Directory.CreateTempSubdirectory($"wildnout-{name}-").FullName;
        _environment = new(environment)
        {
            ["HOST"] = "127.0.0.1",
            ["PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["CLUSTER_HOSTNAME"] = "127.0.0.1",
            ["CLUSTER_PORT"] = ClusterPort.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>For messages and log files.</summary>
    public string Name { get; }

    /// <summary>The port of REST and SignalR.</summary>
    public int Port { get; } = FreePorts.Next();

    /// <summary>The port of the cluster.</summary>
    public int ClusterPort { get; } = FreePorts.Next();

    /// <summary>The address of REST and SignalR.</summary>
    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>The working directory and the logs.</summary>
    public string Folder { get; }

    /// <summary>The process id, while it runs.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException($"{Name} is not running.");

    /// <summary>Whether the process lives.</summary>
    public bool Running => _process is { HasExited: false };

    /// <summary>The log of the last start.</summary>
    public string LogPath => Path.Combine(Folder, $"log-{_starts}.txt");

    /// <summary>Sets a variable for the next start.</summary>
    public void Configure(string variable, string value) => _environment[variable] = value;

    /// <summary>Starts the process and returns at once.</summary>
    public void Start()
    {
        if (Running)
        {
            throw new InvalidOperationException($"{Name} runs already.");
        }

        _starts++;
        // The shell becomes the server (exec), so the process id is the server's, and the log costs this process nothing.
        IReadOnlyList<string> program = _program.Count > 0 ? _program : [NodeOutput.WebServer];
        var start = new ProcessStartInfo("sh", ["-c", "exec dotnet \"$@\" >\"$0\" 2>&1 </dev/null", LogPath, .. program]) { WorkingDirectory = Folder };
        foreach (var (variable, value) in _environment)
        {
            start.Environment[variable] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("sh did not start.");
        // Waits for the end of its input, which comes with our own end at the latest, and then takes the server down.
        _keeper = Process.Start(new ProcessStartInfo("sh", ["-c", "cat >/dev/null; kill -9 \"$0\" 2>/dev/null", $"{_process.Id}"]) { RedirectStandardInput = true });
    }

    /// <summary>Waits until the node says that it is ready.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="TimeoutException">It did not, or the process ended; the message holds the end of its log.</exception>
    public async Task<TimeSpan> Ready(TimeSpan? patience = null)
    {
        var clock = Stopwatch.StartNew();
        var limit = patience ?? TimeSpan.FromSeconds(60);
        while (!await AnswersOk("/health/readiness"))
        {
            if (!Running || clock.Elapsed > limit)
            {
                throw new TimeoutException($"{Name} is not ready after {clock.Elapsed.TotalSeconds:F1} s{(Running ? "" : ", it has ended")}:\n{LogTail()}");
            }

            await Task.Delay(50);
        }

        return clock.Elapsed;
    }

    /// <summary>Starts the process and waits until it is ready.</summary>
    public Task<TimeSpan> StartAndWait()
    {
        Start();
        return Ready();
    }

    /// <summary>SIGKILL: the process is gone at once, without a word to anybody.</summary>
    public async Task Kill()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            Forget();
        }
    }

    /// <summary>SIGTERM, and the wait for its end.</summary>
    /// <returns>How long the process took to leave, and its exit code.</returns>
    /// <exception cref="TimeoutException">It did not leave in time; it was killed then.</exception>
    public async Task<(TimeSpan Took, int ExitCode)> Terminate(TimeSpan? patience = null)
    {
        var process = _process ?? throw new InvalidOperationException($"{Name} is not running.");
        var clock = Stopwatch.StartNew();
        using (var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await signal.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(40));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            var log = LogTail();
            await Kill();
            throw new TimeoutException($"{Name} did not leave within {clock.Elapsed.TotalSeconds:F0} s of SIGTERM:\n{log}");
        }

        var code = process.ExitCode;
        Forget();
        return (clock.Elapsed, code);
    }

    /// <summary>The last lines of the log.</summary>
    public string LogTail(int lines = 60) => File.Exists(LogPath) ? string.Join('\n', File.ReadLines(LogPath).TakeLast(lines)) : "(no log)";

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes()
    {
        using var process = Process.GetProcessById(ProcessId);
        return process.WorkingSet64;
    }

    /// <summary>Whether a GET of this path succeeds within two seconds.</summary>
    public async Task<bool> AnswersOk(string path) => await Status(path) is HttpStatusCode.OK or HttpStatusCode.NoContent;

    /// <summary>The status of a GET of this path; null when there was no answer within two seconds.</summary>
    public async Task<HttpStatusCode?> Status(string path)
    {
        try
        {
            using var answer = await Probe.GetAsync(new Uri(Url, path));
            return answer.StatusCode;
        }
        catch (Exception noAnswer) when (noAnswer is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Kill();
        if (Environment.GetEnvironmentVariable(KeepLogs) is null && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Forget()
    {
        _process?.Dispose();
        _process = null;
        _keeper?.Kill();
        _keeper?.Dispose();
        _keeper = null;
    }
}
