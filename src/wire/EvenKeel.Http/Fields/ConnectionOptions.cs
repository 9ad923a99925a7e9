using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Fields;

/// <summary>What the Connection fields of a head ask for (RFC 9110 section 7.6.1).</summary>
internal struct ConnectionOptions
{
    /// <summary>The most options that are taken; a bound on what comparing every field with every option can cost.</summary>
    public const int Limit = 32;

    private int _count;

    /// <summary>The option <c>close</c>.</summary>
    public bool Close { get; private set; }

    /// <summary>The option <c>keep-alive</c>.</summary>
    public bool KeepAlive { get; private set; }

    /// <summary>The option <c>upgrade</c>.</summary>
    public bool Upgrade { get; private set; }

    /// <summary>True when an option names a field that is of this hop only.</summary>
    public bool Nominates { get; private set; }

    /// <summary>Reads one Connection field.</summary>
    public HttpFault Add(ReadOnlySpan<byte> value)
    {
        while (Grammar.NextElement(ref value, out var option))
        {
            if (option.IsEmpty)
            {
                continue;
            }

            if (!Grammar.IsToken(option))
            {
                return HttpFault.ConnectionInvalid;
            }

            if (++_count > Limit)
            {
                return HttpFault.TooManyConnectionOptions;
            }

            Take(option);
        }

        return HttpFault.None;
    }

    /// <summary>True when an option of the head's Connection fields names this field, in any case.</summary>
    public static bool Nominated(ReadOnlySpan<byte> head, ReadOnlySpan<FieldLine> lines, ReadOnlySpan<byte> name)
    {
        foreach (ref readonly var line in lines)
        {
            if (line.Known != KnownField.Connection)
            {
                continue;
            }

            var list = line.Value(head);
            while (Grammar.NextElement(ref list, out var option))
            {
                if (Grammar.Same(option, name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Take(ReadOnlySpan<byte> option)
    {
        if (Grammar.Same(option, "close"u8))
        {
            Close = true;
        }
        else if (Grammar.Same(option, "keep-alive"u8))
        {
            KeepAlive = true;
        }
        else if (Grammar.Same(option, "upgrade"u8))
        {
            Upgrade = true;
        }
        else
        {
            Nominates = true;
        }
    }
}
