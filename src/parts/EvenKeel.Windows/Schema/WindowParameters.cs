using EvenKeel.Windows.Options;
using Npgsql;
using NpgsqlTypes;

namespace EvenKeel.Windows.Schema;

/// <summary>The parameters by which every statement names its windows.</summary>
internal static class WindowParameters
{
    /// <summary>Adds those of a statement about one window.</summary>
    public static void Add(NpgsqlCommand command, WindowOptions options, WindowKey window)
    {
        AddIfUsed(command.Parameters, command.CommandText, "stream", NpgsqlDbType.Text, options.Stream);
        AddIfUsed(command.Parameters, command.CommandText, "partition", NpgsqlDbType.Text, window.Partition);
        AddIfUsed(command.Parameters, command.CommandText, "start", NpgsqlDbType.TimestampTz, window.Start);
        AddIfUsed(command.Parameters, command.CommandText, "end", NpgsqlDbType.TimestampTz, window.Start + options.Length);
    }

    /// <summary>Makes a statement about many windows, whose partitions and starts are arrays of one length.</summary>
    public static NpgsqlBatchCommand Many(string text, WindowOptions options, IEnumerable<WindowKey> windows)
    {
        var command = new NpgsqlBatchCommand(text);
        WindowKey[] all = [.. windows];
        AddIfUsed(command.Parameters, text, "stream", NpgsqlDbType.Text, options.Stream);
        AddIfUsed(command.Parameters, text, "length", NpgsqlDbType.Interval, options.Length);
        AddIfUsed(command.Parameters, text, "partitions", NpgsqlDbType.Array | NpgsqlDbType.Text, Array.ConvertAll(all, window => window.Partition));
        AddIfUsed(command.Parameters, text, "starts", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Array.ConvertAll(all, window => window.Start));
        return command;
    }

    /// <summary>Adds a parameter to a statement that uses it.</summary>
    public static void AddIfUsed(NpgsqlParameterCollection parameters, string text, string name, NpgsqlDbType type, object value)
    {
        int at = text.IndexOf('@' + name, StringComparison.Ordinal);
        while (at >= 0)
        {
            int end = at + 1 + name.Length;
            if (end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                parameters.AddWithValue(name, type, value);
                return;
            }

            at = text.IndexOf('@' + name, end, StringComparison.Ordinal);
        }
    }
}
