using System.Runtime.InteropServices;

namespace WildNOut.Benchmarks.Load;

/// <summary>The Linux calls of the load loop: one thread drives all connections with epoll, two calls a request.</summary>
internal static unsafe partial class Native
{
    public const int AddToEpoll = 1;
    public const int ChangeInEpoll = 3;
    public const uint Readable = 0x001;
    public const uint Writable = 0x004;
    public const int TryAgain = 11;
    public const int Interrupted = 4;
    public const int NoSignal = 0x4000;

    /// <summary>The kernel packs <c>struct epoll_event</c> on x86-64 only.</summary>
    public static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static readonly int DataOffset = EventSize - sizeof(long);

    public static uint EventsOf(byte* entry) => *(uint*)entry;

    public static int TagOf(byte* entry) => *(int*)(entry + DataOffset);

    public static void Register(int epoll, int operation, int descriptor, uint events, int tag)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + DataOffset) = tag;
        Check(epoll_ctl(epoll, operation, descriptor, entry), nameof(epoll_ctl));
    }

    public static int Check(int result, string call) =>
        result >= 0 ? result : throw new InvalidOperationException($"{call} failed: errno {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_wait(int epoll, byte* events, int most, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint recv(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint send(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* entry);
}
