using System.Globalization;

namespace EvenKeel.Resp.Tests.Golden;

/// <summary>One request and what redis-server 7.0.15 answered.</summary>
internal sealed record Recording(byte[] Request, byte[] Answer, bool? Closed)
{
    public static IReadOnlyList<Recording> All { get; } = Load();

    private static List<Recording> Load()
    {
        using Stream stream = typeof(Recording).Assembly.GetManifestResourceStream("redis-7.0.txt")!;
        using var reader = new StreamReader(stream);
        var all = new List<Recording>();
        byte[] request = [];
        while (reader.ReadLine() is { } line)
        {
            switch (line[0])
            {
                case '>' or '!':
                    request = Unescape(line[2..]);
                    break;
                case '<':
                    all.Add(new Recording(request, Unescape(line[2..]), null));
                    break;
                case '=':
                    all[^1] = all[^1] with { Closed = line == "= closed" };
                    break;
            }
        }

        return all;
    }

    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case 'r':
                    bytes.Add((byte)'\r');
                    break;
                case 'n':
                    bytes.Add((byte)'\n');
                    break;
                case 'x':
                    bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 2;
                    break;
                default:
                    bytes.Add((byte)text[i]);
                    break;
            }
        }

        return [.. bytes];
    }
}
