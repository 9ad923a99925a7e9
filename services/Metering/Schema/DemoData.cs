namespace Metering.Schema;

/// <summary>Two active tenants with five customers, an inactive one, and a key for each. The keys are public: not for a database that matters.</summary>
internal static class DemoData
{
    public const string AcmeKey = "demo-acme-key";
    public const string TechStartKey = "demo-techstart-key";
    public const string InactiveKey = "demo-inactive-key";

    public const string Insert = $"""
        INSERT INTO metering.tenant (id, name, active) VALUES (1, 'acme', true), (2, 'techstart', true), (3, 'inactive', false) ON CONFLICT DO NOTHING;
        INSERT INTO metering.customer (tenant_id, external_id)
        VALUES (1, 'acme-customer-001'), (1, 'acme-customer-002'), (1, 'acme-customer-003'),
               (2, 'techstart-customer-001'), (2, 'techstart-customer-002'), (3, 'inactive-customer-001') ON CONFLICT DO NOTHING;
        INSERT INTO metering.api_key (hash, tenant_id, label)
        VALUES (sha256('{AcmeKey}'), 1, 'demo'), (sha256('{TechStartKey}'), 2, 'demo'), (sha256('{InactiveKey}'), 3, 'demo') ON CONFLICT DO NOTHING;
        """;
}
