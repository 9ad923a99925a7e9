using System.Text;
using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Tests.Heads;

/// <summary>A head that must be refused, why, and its accepted twin: the smallest change that makes it right.</summary>
/// <param name="Name">What the case shows.</param>
/// <param name="Refused">The malformed or ambiguous head, in Latin-1.</param>
/// <param name="Fault">The one fault that it must be refused for.</param>
/// <param name="Status">The status that answers it.</param>
/// <param name="Twin">The accepted head.</param>
internal sealed record HeadCase(string Name, string Refused, HttpFault Fault, int Status, string Twin)
{
    public byte[] RefusedBytes => Encoding.Latin1.GetBytes(Refused);

    public byte[] TwinBytes => Encoding.Latin1.GetBytes(Twin);

    public static string Line(string line) => line + "\r\nHost: a\r\n\r\n";

    public static string Get(params string[] fields) => Head("GET / HTTP/1.1", ["Host: a", .. fields]);

    public static string Post(params string[] fields) => Head("POST / HTTP/1.1", ["Host: a", .. fields]);

    public static string Head(string line, params string[] fields) => string.Concat(line, "\r\n", string.Concat(fields.Select(f => f + "\r\n")), "\r\n");
}
