using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>Where the access log goes.</summary>
internal static class AccessLogSection
{
    private static readonly Key<string> File = Key.Required("file", new TextSchema("the name of a file", "^[^\\u0000]+$") { ShortType = "a file" },
        "Lines are appended to it. A relative name is taken from the folder of this file; the folder that it names must exist.", "path");

    private static readonly ObjectSchema<AccessLogOptions> Long = new(
        "access-log", "A file that the access log goes to.", [File], values => new AccessLogOptions { File = values.Get(File) });

    public static readonly ShapeSchema<AccessLogOptions> Schema = new()
    {
        Single = new WordSchema<AccessLogOptions>(("off", AccessLogOptions.Off), ("stdout", AccessLogOptions.Stdout))
        {
            Wanted = "'off', 'stdout', or { file: NAME }",
        },
        Map = Long,
        Wanted = "'off', 'stdout', or { file: NAME }",
    };
}
