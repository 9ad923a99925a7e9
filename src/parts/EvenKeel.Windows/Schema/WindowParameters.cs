using EvenKeel.Windows.Options;
using Npgsql;
using NpgsqlTypes;

namespace EvenKeel.Windows.Schema;

/// <summary>The parameters by which every statement names a window.</summary>
internal static class WindowParameters
{
    /// <summary>Adds the parameters that each statement of a batch uses.</summary>
    public static void Add(NpgsqlBatch batch, WindowOptions options, WindowKey window, long fence = 0)
    {
        foreach (NpgsqlBatchCommand command in batch.BatchCommands)
        {
            Add(command.Parameters, command.CommandText, options, window, fence);
        }
    }

    /// <summary>Adds the parameters that a statement uses.</summary>
    public static void Add(NpgsqlCommand command, WindowOptions options, WindowKey window)
        => Add(command.Parameters, command.CommandText, options, window, 0);

    private static void Add(NpgsqlParameterCollection parameters, string text, WindowOptions options, WindowKey window, long fence)
    {
        AddIfUsed("stream", NpgsqlDbType.Text, options.Stream);
        AddIfUsed("partition", NpgsqlDbType.Text, window.Partition);
        AddIfUsed("start", NpgsqlDbType.TimestampTz, window.Start);
        AddIfUsed("end", NpgsqlDbType.TimestampTz, window.Start + options.Length);
        AddIfUsed("fence", NpgsqlDbType.Bigint, fence);

        void AddIfUsed(string name, NpgsqlDbType type, object value)
        {
            if (text.Contains('@' + name, StringComparison.Ordinal))
            {
                parameters.AddWithValue(name, type, value);
            }
        }
    }
}
