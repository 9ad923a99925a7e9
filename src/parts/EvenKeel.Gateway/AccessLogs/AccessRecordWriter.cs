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
        this AccessRing ring, ref AccessRecord record, AccessRequest request, ReadOnlySpan<byte> route, ReadOnlySpan<byte> endpoint)
    {
        record.HostIsCut = request.Host.IsCut;
        record.PathIsCut = request.Path.IsCut;
        ring.Add(ref record, request.Client.Bytes, request.Method.Bytes, request.Host.Bytes, request.Path.Bytes, route, endpoint);
    }

    /// <summary>Adds the record of a request that was not understood: only its client is known.</summary>
    /// <param name="ring">The loop's ring.</param>
    /// <param name="record">Its numbers.</param>
    /// <param name="client">The client's address.</param>
    public static void AddUnread(this AccessRing ring, ref AccessRecord record, ReadOnlySpan<byte> client)
        => ring.Add(ref record, client, default, default, default, default, default);

    private static void Add(
        this AccessRing ring, ref AccessRecord record, ReadOnlySpan<byte> client, ReadOnlySpan<byte> method, ReadOnlySpan<byte> host,
        ReadOnlySpan<byte> path, ReadOnlySpan<byte> route, ReadOnlySpan<byte> endpoint)
    {
        record.Client = (ushort)client.Length;
        record.Method = (ushort)method.Length;
        record.Host = (ushort)host.Length;
        record.Path = (ushort)path.Length;
        record.Names = (ushort)(route.Length + endpoint.Length);
        if (!ring.TryClaim(Unsafe.SizeOf<AccessRecord>() + record.TextLength, out Span<byte> room))
        {
            return;
        }

        MemoryMarshal.Write(room, in record);
        room = room[Unsafe.SizeOf<AccessRecord>()..];
        Append(client, ref room);
        Append(method, ref room);
        Append(host, ref room);
        Append(path, ref room);
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
