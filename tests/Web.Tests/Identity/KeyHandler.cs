using System.Net;

namespace WildNOut.Web.Tests.Identity;

/// <summary>Answers requests for keys in place of a server, counts them, and can keep them waiting.</summary>
internal sealed class KeyHandler(Func<string> keys) : HttpMessageHandler
{
    private TaskCompletionSource? _gate;
    private int _requests;

    public int Requests => _requests;

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>Keeps requests waiting until the result is called.</summary>
    public Action Hold()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate = gate;
        return () =>
        {
            _gate = null;
            gate.SetResult();
        };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        if (_gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        return new HttpResponseMessage(Status) { Content = new StringContent(keys()) };
    }
}
