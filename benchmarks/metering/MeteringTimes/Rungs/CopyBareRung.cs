using MeteringTimes.Events;
using NpgsqlTypes;

namespace MeteringTimes.Rungs;

/// <summary>COPY into a narrow table without an index: what writing rows costs.</summary>
internal sealed class CopyBareRung(Bench bench) : DirectRung(bench, batch: 5000)
{
    public override string Name => "copy-bare";

    public override string? Below => null;

    protected override string Counted => "SELECT count(*) FROM bare";

    protected override async Task<int> StoreAsync(Population population, Sample[] samples)
    {
        await using var connection = await ConnectAsync();
        await using var copy = await connection.BeginBinaryImportAsync("COPY bare FROM STDIN (FORMAT binary)");
        foreach (var sample in samples)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(sample.Customer, NpgsqlDbType.Integer);
            await copy.WriteAsync(sample.Time, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(sample.Input, NpgsqlDbType.Integer);
            await copy.WriteAsync(sample.Output, NpgsqlDbType.Integer);
        }

        return (int)await copy.CompleteAsync();
    }
}
