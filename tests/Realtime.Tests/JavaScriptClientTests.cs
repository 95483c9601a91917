using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class JavaScriptClientTests(ArenaHost host) : IClassFixture<ArenaHost>
{
    private static readonly TimeSpan InstallWithin = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task The_official_client_works_unchanged(string protocol)
    {
        var channel = Given.BattleChannel();
        using var script = Start("node", await InstalledAsync(), "check.mjs", host.Hub.ToString(), channel, protocol);
        var complaints = script.StandardError.ReadToEndAsync();

        await Says("subscribed");
        Publish(1, 2, 3);
        await script.StandardInput.WriteLineAsync();
        await Says("left");
        Publish(4, 5);
        await script.StandardInput.WriteLineAsync();
        await Says("done");
        await script.StandardInput.WriteLineAsync();
        await script.WaitForExitAsync().WaitAsync(ArenaClient.Patience);
        Assert.Equal(0, script.ExitCode);

        async Task Says(string expected)
        {
            var line = await script.StandardOutput.ReadLineAsync().WaitAsync(ArenaClient.Patience);
            Assert.True(line == expected, line ?? await complaints);
        }

        void Publish(params int[] numbers) => Array.ForEach(numbers, n => host.Publish(Given.Announcement(n, channel: channel)));
    }

    /// <summary>A folder with the script and its packages: the source folder when they are installed there, else a copy that is kept for the next run.</summary>
    private static async Task<string> InstalledAsync()
    {
        var source = SourceFolder();
        if (Directory.Exists(Path.Combine(source, "node_modules")))
        {
            return source;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"))));
        var copy = Path.Combine(Path.GetTempPath(), $"wildnout-js-{Environment.UserName}-{hash[..16]}");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        }

        if (!File.Exists(Path.Combine(copy, "node_modules", ".package-lock.json")))
        {
            using var install = Start("npm", copy, "ci", "--no-audit", "--no-fund");
            var (output, errors) = (install.StandardOutput.ReadToEndAsync(), install.StandardError.ReadToEndAsync());
            await install.WaitForExitAsync().WaitAsync(InstallWithin);
            Assert.True(install.ExitCode == 0, await output + await errors);
        }

        return copy;
    }

    private static Process Start(string program, string folder, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string SourceFolder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "js");
}
