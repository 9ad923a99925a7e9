using System.Runtime.InteropServices;
using System.Text;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Files;

namespace EvenKeel.Configuration.Tests.Files;

public sealed partial class ConfigurationFileTests : IDisposable
{
    private const string Valid = "version: 1\nservices: { web: { command: node server.js } }\n";

    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("evenkeel-configuration-").FullName;

    [Theory]
    [InlineData("evenkeel.yaml")]
    [InlineData("evenkeel.yml")]
    public void A_folder_means_the_configuration_in_it(string name)
    {
        Write(name, Valid);

        Assert.Equal(Path.Combine(_folder, name), Load(_folder).Cluster!.File);
    }

    [Fact]
    public void A_file_of_any_name_can_be_given()
    {
        Write("shop.yaml", Valid);

        Assert.Equal(_folder, Load(Path.Combine(_folder, "shop.yaml")).Cluster!.Directory);
    }

    [Fact]
    public void Both_names_in_one_folder_are_an_error()
    {
        Write("evenkeel.yaml", Valid);
        Write("evenkeel.yml", Valid);

        Assert.Equal(DiagnosticCodes.TwoFiles, Single(Load(_folder)).Code);
        Assert.NotNull(Load(Path.Combine(_folder, "evenkeel.yml")).Cluster);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_way_to_a_first_one()
    {
        Assert.Equal($"error EK2001: there is no configuration file in this folder\n  --> {_folder}/evenkeel.yaml\nhelp: write a first one with: evenkeel init\n",
            DiagnosticRenderer.Render(Load(_folder).Diagnostics));
        Assert.Equal("error EK2001: there is no such file\n  --> /nowhere/evenkeel.yaml\nhelp: write a first one with: evenkeel init\n",
            DiagnosticRenderer.Render(Load("/nowhere/evenkeel.yaml").Diagnostics));
        Assert.Equal(DiagnosticCodes.FileNotFound, Single(Load("")).Code);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error()
    {
        Write("evenkeel.yaml", Valid);
        using var held = new FileStream(Path.Combine(_folder, "evenkeel.yaml"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var diagnostic = Single(Load(_folder));

        Assert.Equal(DiagnosticCodes.Unreadable, diagnostic.Code);
        Assert.DoesNotContain("Exception", DiagnosticRenderer.Render(diagnostic), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_that_nobody_writes_to_is_an_error_and_no_wait_for_ever()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED, this system has no named pipes in folders");
        var pipe = Path.Combine(_folder, "evenkeel.yaml");
        Assert.Equal(0, MakePipe(pipe, 0x180));

        var error = Single(Load(pipe));
        Assert.Equal(DiagnosticCodes.Unreadable, error.Code);
        Assert.Contains("has not come to its end in 5 s", error.Message, StringComparison.Ordinal);

        // Lets go of the thread that still waits to open it.
        using var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write);
    }

    [Fact]
    public void A_file_that_is_not_text_is_shown_where_it_begins_not_to_be()
    {
        File.WriteAllBytes(Path.Combine(_folder, "evenkeel.yaml"), [.. "version: 1\nname: caf"u8, 0xE9, .. "\n"u8]);

        var diagnostic = Single(Load(_folder));

        Assert.Equal((DiagnosticCodes.NotText, new SourceSpan(2, 10, 1), "name: caf?"),
            (diagnostic.Code, diagnostic.Span!.Value, diagnostic.SourceLine));
        Assert.Contains("byte 0xE9 on line 2", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        File.WriteAllText(Path.Combine(_folder, "evenkeel.yaml"), Valid, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.NotNull(Load(_folder).Cluster);

        File.WriteAllText(Path.Combine(_folder, "evenkeel.yaml"), Valid, Encoding.Unicode);
        Assert.Equal(DiagnosticCodes.NotText, Single(Load(_folder)).Code);
    }

    [Fact]
    public void A_file_may_have_a_mebibyte_and_no_more()
    {
        Write("evenkeel.yaml", Valid + "#" + new string('x', TextFile.MaxBytes - Valid.Length - 1));
        Assert.NotNull(Load(_folder).Cluster);

        Write("evenkeel.yaml", Valid + "#" + new string('x', TextFile.MaxBytes - Valid.Length));
        Assert.Equal(DiagnosticCodes.FileTooLarge, Single(Load(_folder)).Code);
    }

    [Fact]
    public void The_env_file_beside_it_serves_interpolation_and_the_environment_wins()
    {
        Write("evenkeel.yaml", "version: 1\nservices: { web: { command: node server.js, env: { A: '${A}', B: '${B}' } } }\n");
        Write(".env", "A=file\nB=file\n");

        var cluster = ConfigurationLoader.Load(_folder, new Dictionary<string, string> { ["A"] = "environment" }).Cluster!;

        Assert.Equal(new Dictionary<string, string> { ["A"] = "environment", ["B"] = "file" }, cluster.Services[0].Environment);
    }

    [Fact]
    public void Another_env_file_takes_the_place_of_the_one_beside_it()
    {
        Write("evenkeel.yaml", "version: 1\nservices: { web: { command: '${A:-unset}' } }\n");
        Write(".env", "A=beside\n");
        Write("other.env", "A=other\n");

        Assert.Equal(["other"],
            ConfigurationLoader.Load(_folder, NoVariables, Path.Combine(_folder, "other.env")).Cluster!.Services[0].Command);
        Assert.Equal(DiagnosticCodes.BadEnvFile,
            Single(ConfigurationLoader.Load(_folder, NoVariables, Path.Combine(_folder, "missing.env"))).Code);
    }

    [Fact]
    public void Faults_of_both_files_are_reported_together()
    {
        Write("evenkeel.yaml", Valid + "nmae: x\n");
        Write(".env", "this is no variable\n");

        Assert.Equal([(DiagnosticCodes.BadEnvFile, 1), (DiagnosticCodes.UnknownKey, 3)],
            Load(_folder).Diagnostics.Select(d => (d.Code, d.Span!.Value.Line)));
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ConfigurationResult Load(string path) => ConfigurationLoader.Load(path, NoVariables);

    private static Diagnostic Single(ConfigurationResult result)
    {
        Assert.Null(result.Cluster);
        return Assert.Single(result.Diagnostics);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
