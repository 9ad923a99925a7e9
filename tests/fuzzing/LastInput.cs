using System.IO.MemoryMappedFiles;

namespace EvenKeel.Fuzzing;

/// <summary>The input under way, in a mapped file: the kernel keeps it whatever becomes of the process, and no execution costs a system call.</summary>
internal sealed class LastInput : IDisposable
{
    private const int Head = 12;
    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public LastInput(string path)
    {
        _path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Head + Mutation.MaxLength);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>The seed of the input under way; null between two.</summary>
    public int? Seed => _view.ReadInt32(0) == 1 ? _view.ReadInt32(4) : null;

    /// <summary>What a process left in such a file; null when it ended between two inputs.</summary>
    public static (int Seed, byte[] Input)? Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < Head || BitConverter.ToInt32(bytes, 0) != 1)
        {
            return null;
        }

        return (BitConverter.ToInt32(bytes, 4), bytes.AsSpan(Head, BitConverter.ToInt32(bytes, 8)).ToArray());
    }

    public void Set(int seed, byte[] input)
    {
        _view.Write(4, seed);
        _view.Write(8, input.Length);
        _view.WriteArray(Head, input, 0, input.Length);
        _view.Write(0, 1);
    }

    public void Clear() => _view.Write(0, 0);

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
