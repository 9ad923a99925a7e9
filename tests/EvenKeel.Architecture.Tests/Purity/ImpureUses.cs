using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EvenKeel.Architecture.Tests.Purity;

/// <summary>
/// Finds, in a compiled assembly, what src/core must not use. 1. every method's signature; 2. every instruction of its body; the line
/// comes from the debug information inside the assembly. 3. the types of fields, which have no line. The one thing that is let through
/// is the thread's number that the compiler writes into an iterator (<c>yield</c>) to see whether it is enumerated a second time.
/// </summary>
internal sealed class ImpureUses : IDisposable
{
    private const string IteratorsOwn = "System.Environment.get_CurrentManagedThreadId";
    private static readonly TypeNames Names = new();
    private readonly PEReader _assembly;
    private readonly MetadataReaderProvider _symbols;
    private readonly MetadataReader _reader;
    private readonly MetadataReader _debug;

    private ImpureUses(string path)
    {
        _assembly = new PEReader(File.OpenRead(path));
        _reader = _assembly.GetMetadataReader();
        var entry = _assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        _symbols = _assembly.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        _debug = _symbols.GetMetadataReader();
    }

    public static IReadOnlyList<Finding> In(string assembly)
    {
        using var uses = new ImpureUses(assembly);
        return [.. uses._reader.MethodDefinitions.SelectMany(uses.InMethod), .. uses._reader.FieldDefinitions.SelectMany(uses.InField)];
    }

    public void Dispose()
    {
        _symbols.Dispose();
        _assembly.Dispose();
    }

    private IEnumerable<Finding> InMethod(MethodDefinitionHandle handle)
    {
        // 1. The signature, and the local variables with it.
        var method = _reader.GetMethodDefinition(handle);
        foreach (var type in TypeNames.In(method.DecodeSignature(Names, null)).Where(ImpureMembers.HasType))
        {
            yield return At(handle, 0, type);
        }

        if (method.RelativeVirtualAddress == 0)
        {
            yield break;
        }

        // 2. The body.
        var body = _assembly.GetMethodBody(method.RelativeVirtualAddress);
        foreach (var (offset, token) in InstructionTokens.In(body.GetILBytes() ?? []))
        {
            if (ImpureName(token) is { } name && !(name == IteratorsOwn && IsIterator(method.GetDeclaringType())))
            {
                yield return At(handle, offset, name);
            }
        }
    }

    private IEnumerable<Finding> InField(FieldDefinitionHandle handle)
    {
        var field = _reader.GetFieldDefinition(handle);
        var owner = _reader.GetTypeDefinition(field.GetDeclaringType());
        return field.DecodeSignature(Names, null).Where(ImpureMembers.HasType)
            .Select(type => new Finding($"{_reader.GetString(owner.Name)}.{_reader.GetString(field.Name)}", 0, $"src/core must not use {type}"));
    }

    // No name of the language begins with '<'; an iterator's type is <Method>d__N.
    private bool IsIterator(TypeDefinitionHandle type)
    {
        var name = _reader.GetString(_reader.GetTypeDefinition(type).Name);
        return name.StartsWith('<') && name.Contains(">d__", StringComparison.Ordinal);
    }

    private string? ImpureName(EntityHandle token)
    {
        switch (token.Kind)
        {
            case HandleKind.TypeReference:
                var type = TypeNames.NameOf(_reader, (TypeReferenceHandle)token);
                return ImpureMembers.HasType(type) ? type : null;
            case HandleKind.TypeSpecification:
                return Types(token).FirstOrDefault(ImpureMembers.HasType);
            case HandleKind.MethodSpecification:
                return ImpureName(_reader.GetMethodSpecification((MethodSpecificationHandle)token).Method);
            case HandleKind.MemberReference:
                var member = _reader.GetMemberReference((MemberReferenceHandle)token);
                var name = _reader.GetString(member.Name);
                var parameters = member.GetKind() == MemberReferenceKind.Method ? member.DecodeMethodSignature(Names, null).ParameterTypes.Length : 0;
                return Types(member.Parent)
                    .Where(owner => ImpureMembers.HasMember(owner, name, parameters))
                    .Select(owner => $"{owner}.{name}")
                    .FirstOrDefault();
            default:
                return null;
        }
    }

    private ImmutableArray<string> Types(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => [TypeNames.NameOf(_reader, (TypeReferenceHandle)handle)],
        HandleKind.TypeSpecification => _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Names, null),
        _ => [],
    };

    private Finding At(MethodDefinitionHandle handle, int offset, string what)
    {
        var information = _debug.GetMethodDebugInformation(handle.ToDebugInformationHandle());
        var point = information.SequencePointsBlob.IsNil
            ? default
            : information.GetSequencePoints().Where(point => !point.IsHidden && point.Offset <= Math.Max(offset, 0)).LastOrDefault();
        var file = point.Document.IsNil
            ? _reader.GetString(_reader.GetMethodDefinition(handle).Name)
            : _debug.GetString(_debug.GetDocument(point.Document).Name);
        return new Finding(file, point.StartLine, $"src/core must not use {what}: take the value from the caller");
    }
}
