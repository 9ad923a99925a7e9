namespace EvenKeel.Transport.Tls;

/// <summary>The certificates in force, by name. Immutable; a connection keeps the one that it began with.</summary>
internal sealed class TlsServerContext
{
    private readonly Dictionary<string, SslContextHandle> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads all files and makes the contexts.</summary>
    /// <exception cref="TlsException">A file cannot be used.</exception>
    public TlsServerContext(TlsServerOptions options, TicketKeys tickets)
    {
        if (options.Certificates.Count == 0)
        {
            throw new TlsException("TLS needs a certificate: name at least one");
        }

        SslContexts.RequireLibrary();
        Options = options;
        Tickets = tickets;
        Certificates = [.. options.Certificates.Select(TlsCertificate.Read)];

        // 1. The default: the first certificate, with those of another kind that have all of its names.
        TlsCertificate first = Certificates[0];
        var made = new Dictionary<string, SslContextHandle>(StringComparer.Ordinal);
        Default = ContextOf([.. OneOfEachKind(Certificates.Where(other => ReferenceEquals(first, other) || first.Names.All(other.Names.Contains)))]);

        // 2. Each name: the first certificate of each kind that has it. Names with the same certificates share a context.
        foreach (string name in Certificates.SelectMany(certificate => certificate.Names).Distinct())
        {
            _byName[name] = ContextOf([.. OneOfEachKind(Certificates.Where(certificate => certificate.Names.Contains(name)))]);
        }

        // 3. Certificates without a name are only checked.
        foreach (TlsCertificate certificate in Certificates.Where(certificate => certificate.Names.Count == 0))
        {
            _ = ContextOf([certificate]);
        }

        SslContextHandle ContextOf(TlsCertificate[] certificates)
        {
            string key = string.Join(',', certificates.Select(certificate => Certificates.ToList().IndexOf(certificate)));
            return made.TryGetValue(key, out SslContextHandle? context)
                ? context
                : made[key] = SslContexts.CreateServer(certificates, options.RequireTls13);
        }
    }

    /// <summary>The options.</summary>
    public TlsServerOptions Options { get; }

    /// <summary>The keys of tickets, which outlive a reload.</summary>
    public TicketKeys Tickets { get; }

    /// <summary>What was read.</summary>
    public IReadOnlyList<TlsCertificate> Certificates { get; }

    /// <summary>For clients that ask for an unknown name or none.</summary>
    public SslContextHandle Default { get; }

    /// <summary>The context of a name: exact, else the wildcard of its first label, else the default.</summary>
    public SslContextHandle Find(string name)
    {
        if (_byName.TryGetValue(name, out SslContextHandle? exact))
        {
            return exact;
        }

        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _byName.TryGetValue($"*{name[dot..]}", out SslContextHandle? wildcard) ? wildcard : Default;
    }

    private static IEnumerable<TlsCertificate> OneOfEachKind(IEnumerable<TlsCertificate> certificates)
        => certificates.DistinctBy(certificate => certificate.KeyKind);
}
