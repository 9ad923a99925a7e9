using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Gateway.Routing.Rewrites;

/// <summary>Changes of header fields, compiled: the names that go, and the lines that come.</summary>
internal sealed class HeaderChanges
{
    private readonly RoutePathMatcher _path;
    private readonly (byte[] Name, RouteTemplate Value)[] _lines;

    private HeaderChanges(HeaderChangeOptions options, RoutePathMatcher path)
    {
        _path = path;
        _lines = [.. options.Set.Concat(options.Add).Select(
            field => (Encoding.ASCII.GetBytes(field.Key), new RouteTemplate(field.Value, path, isTarget: false)))];
        Dropped = new FieldNames(options.Remove.Concat(options.Set.Select(field => field.Key)));
        Constant = Encoding.ASCII.GetBytes(string.Concat(options.Set.Concat(options.Add).Select(field => $"{field.Key}: {field.Value.Trim()}\r\n")));
    }

    /// <summary>The names that go.</summary>
    public FieldNames Dropped { get; }

    /// <summary>The lines that come, their values taken as they are written.</summary>
    public byte[] Constant { get; }

    /// <summary>Compiles changes; null when there are none.</summary>
    public static HeaderChanges? Compile(HeaderChangeOptions options, RoutePathMatcher path) => options.IsEmpty ? null : new HeaderChanges(options, path);

    /// <summary>Writes the lines that come, with the placeholders of their values replaced.</summary>
    public void Write(scoped in RouteRequest request, ref ByteWriter writer)
    {
        foreach (var (name, value) in _lines)
        {
            writer.Write(name);
            writer.Write(": "u8);
            value.Write(in request, _path, ref writer);
            writer.Write("\r\n"u8);
        }
    }
}
