using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>Puts a record and its texts into a ring.</summary>
internal static class AccessRecordWriter
{
    /// <summary>Adds a record, or drops it when the ring has no room. Called on the loop.</summary>
    /// <param name="ring">The loop's ring.</param>
    /// <param name="record">Its numbers; what tells of texts is filled in here.</param>
    /// <param name="request">The request's texts.</param>
    /// <param name="route">The members that name route and service, or nothing.</param>
    /// <param name="endpoint">The member that names the endpoint, or nothing.</param>
    public static void Add(
        this AccessRing ring, ref AccessRecord record, AccessRequest request, ReadOnlySpan<byte> route = default, ReadOnlySpan<byte> endpoint = default)
    {
        record.Client = (ushort)request.Client.Bytes.Length;
        record.Method = (ushort)request.Method.Bytes.Length;
        record.Host = (ushort)request.Host.Bytes.Length;
        record.Path = (ushort)request.Path.Bytes.Length;
        record.Names = (ushort)(route.Length + endpoint.Length);
        record.HostIsCut = request.Host.IsCut;
        record.PathIsCut = request.Path.IsCut;
        if (!ring.TryClaim(Unsafe.SizeOf<AccessRecord>() + record.TextLength, out Span<byte> room))
        {
            return;
        }

        MemoryMarshal.Write(room, in record);
        room = room[Unsafe.SizeOf<AccessRecord>()..];
        Append(request.Client.Bytes, ref room);
        Append(request.Method.Bytes, ref room);
        Append(request.Host.Bytes, ref room);
        Append(request.Path.Bytes, ref room);
        Append(route, ref room);
        Append(endpoint, ref room);
        ring.Publish();
    }

    private static void Append(ReadOnlySpan<byte> text, ref Span<byte> room)
    {
        text.CopyTo(room);
        room = room[text.Length..];
    }
}
