using System.Buffers;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Exchanges;

/// <summary>
/// The head and the first bytes of the body as they are sent, kept so that they can be sent again to another endpoint. Most requests fit
/// into the buffer's own few kilobytes; larger ones borrow.
/// </summary>
internal sealed class RetryBuffer
{
    private const int LargestHead = 80 * 1024;

    // Of its own, because the runtime's shared pool keeps 32 arrays of a size for each core: with more uploads than that at a time on a
    // loop, every one of them would allocate. 128 of each size are kept, at most 32 MiB in all.
    private static readonly ArrayPool<byte> Larger = ArrayPool<byte>.Create(maxArrayLength: 256 * 1024, maxArraysPerBucket: 128);

    private readonly byte[] _own = new byte[4 * 1024];
    private byte[] _bytes = [];
    private int _length;
    private int _head;

    /// <summary>True while everything that was sent is here.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The most bytes of a body that are kept: 0 to 128 KiB, so that they and the largest head fit into what is borrowed.</summary>
    public int BodyLimit { get; set; }

    /// <summary>Bytes of the body that still fit.</summary>
    public int BodyRoom => BodyLimit - (_length - _head);

    /// <summary>What was sent so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Begins a request with its head.</summary>
    /// <returns>False when the head is larger than any that is forwarded.</returns>
    public bool Begin(RequestHead request, ReadOnlySpan<byte> head, in ForwardedRequest forwarded)
    {
        _bytes = _own;
        var written = RequestSerializer.Write(request, head, in forwarded, _bytes);
        if (written < 0)
        {
            _bytes = Larger.Rent(LargestHead);
            written = RequestSerializer.Write(request, head, in forwarded, _bytes);
        }

        _length = _head = Math.Max(written, 0);
        IsWhole = written >= 0;
        return IsWhole;
    }

    /// <summary>Keeps more bytes of the body.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length)
        {
            var larger = Larger.Rent(Math.Max(_length + bytes.Length, _bytes.Length * 2));
            Bytes.CopyTo(larger);
            GiveBack();
            _bytes = larger;
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Forgets everything: the request cannot be sent again.</summary>
    public void Release()
    {
        GiveBack();
        _bytes = _own;
        _length = _head = 0;
        IsWhole = false;
    }

    private void GiveBack()
    {
        if (_bytes.Length > 0 && !ReferenceEquals(_bytes, _own))
        {
            Larger.Return(_bytes);
        }
    }
}
