using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSec.Cryptography;
using SimpleBase;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Devnet;

public sealed class DevnetSetupTests
{
    [Fact]
    public async Task The_address_is_known_before_the_devnet_starts_and_its_chain_lives_by_the_clock()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddDevnet(new DevnetOptions { Chain = new SimulatedChainOptions { Wallets = 20 } });
        using var host = builder.Build();
        var address = host.Services.GetRequiredService<DevnetAddresses>().Rpc;
        var chain = host.Services.GetRequiredService<SimulatedChain>();
        var advanced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        await host.StartAsync();
        using var listening = chain.Listen(_ => advanced.TrySetResult());
        await advanced.Task.WaitAsync(TimeSpan.FromSeconds(20));
        using var http = new HttpClient();
        var wallets = await http.GetStringAsync(new Uri(address, "wallets"));
        await host.StopAsync();

        Assert.Equal(DevnetWallets.Demo.Select(wallet => wallet.Address), wallets.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]));
        var age = (DateTimeOffset.UtcNow - chain.Options.Epoch) / chain.Options.SlotTime;
        Assert.InRange(age - chain.Slot(Commitment.Processed), 0, 200);
    }

    [Fact]
    public async Task A_demo_wallet_signs_what_it_is_asked_to()
    {
        await using var node = await DevnetNode.StartAsync();
        var wallet = DevnetWallets.Demo[1];
        using var http = new HttpClient();
        using var response = await http.PostAsync(new Uri(node.Server.Addresses.Rpc, $"wallets/{wallet.Address}/sign"), new StringContent("a challenge\nof two lines"));
        var signature = Base58.Bitcoin.Decode(await response.Content.ReadAsStringAsync());
        var key = PublicKey.Import(SignatureAlgorithm.Ed25519, Base58.Bitcoin.Decode(wallet.Address), KeyBlobFormat.RawPublicKey);
        Assert.True(SignatureAlgorithm.Ed25519.Verify(key, Encoding.UTF8.GetBytes("a challenge\nof two lines"), signature));
        Assert.Equal(signature, wallet.Sign(Encoding.UTF8.GetBytes("a challenge\nof two lines")));
    }

    [Fact]
    public void The_mint_is_a_key()
    {
        Assert.Equal(32, Base58.Bitcoin.Decode(DevnetMint.Address).Length);
        Assert.Equal(DevnetWallets.Demo.Length, DevnetWallets.Demo.Select(wallet => wallet.Address).Distinct().Count());
    }
}
