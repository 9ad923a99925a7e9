using System.Net;
using System.Text.RegularExpressions;
using Metering.Hosting;
using YamlDotNet.RepresentationModel;

namespace Metering.Tests.Deploy;

/// <summary>The file for Docker Compose holds together and names what there is. Docker itself is not needed.</summary>
public partial class ComposeTests
{
    private static readonly ComposeFile Compose = ComposeFile.Read();

    [Fact]
    public void Every_service_has_an_image_or_is_built_from_files_that_exist()
    {
        Assert.Equal(7, Compose.Services.Count);
        foreach ((string name, YamlMappingNode service) in Compose.Services)
        {
            if (ComposeFile.Child(service, "build") is not YamlMappingNode build)
            {
                Assert.True(ComposeFile.Child(service, "image") is YamlScalarNode { Value.Length: > 0 }, $"{name} has neither image nor build");
                continue;
            }

            string context = Path.Combine(ComposeFile.Folder, ComposeFile.Text(ComposeFile.Child(build, "context")!));
            string dockerfile = Path.Combine(context, ComposeFile.Text(ComposeFile.Child(build, "dockerfile")!));
            Assert.True(File.Exists(dockerfile), $"{name} is built by {dockerfile}, which does not exist");
            Match publish = Publish().Match(File.ReadAllText(dockerfile));
            Assert.True(publish.Success, $"{dockerfile} does not publish a project");
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(context, publish.Groups["project"].Value), "*.csproj"));
        }
    }

    [Fact]
    public void Every_path_that_is_mounted_exists_and_every_volume_is_declared()
    {
        string[][] mounts = [.. Compose.Services.Values.SelectMany(service => ComposeFile.List(service, "volumes")).Select(volume => volume.Split(':'))];
        Assert.NotEmpty(mounts);
        foreach (string source in mounts.Select(mount => mount[0]))
        {
            Assert.True(
                source.StartsWith('.') ? Path.Exists(Path.Combine(ComposeFile.Folder, source)) : Compose.Volumes.Contains(source),
                $"{source} is mounted, but is neither below deploy nor a declared volume");
        }
    }

    [Fact]
    public void Services_depend_only_on_services_and_publish_only_on_loopback()
    {
        foreach ((string name, YamlMappingNode service) in Compose.Services)
        {
            Assert.All(ComposeFile.List(service, "depends_on"), other => Assert.True(Compose.Services.ContainsKey(other), $"{name} depends on {other}"));
            Assert.All(ComposeFile.List(service, "ports"), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_instances_read_their_variables_and_listen_where_their_neighbours_find_them()
    {
        KeyValuePair<string, YamlMappingNode>[] instances = [.. Compose.Services.Where(service => ComposeFile.Child(service.Value, "build") is not null)];
        Assert.Equal(2, instances.Length);
        var names = new HashSet<string>();
        foreach ((string name, YamlMappingNode service) in instances)
        {
            Dictionary<string, string> variables = ComposeFile.Environment(service);
            Assert.All(variables.Keys, variable => Assert.True(ServiceVariables.Names.Contains(variable), $"{name} sets {variable}, which nothing reads"));

            MeteringSettings settings = MeteringSettings.Read(variables.GetValueOrDefault);
            Assert.Equal((IPAddress.Any, 8080, true), (settings.Listen, settings.Port, settings.Demo));
            Assert.True(names.Add(settings.Instance), $"two instances are called {settings.Instance}");
            Assert.Contains($"server {name}:{settings.Port};", ComposeFile.Environment(Compose.Services["nginx"])["SERVERS"], StringComparison.Ordinal);
            Assert.Contains($"targets: ['{name}:{settings.Port}']", DeployFiles.Read("prometheus/prometheus.yml"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_variable_of_the_service_that_a_deploy_file_or_the_Makefile_names_is_read()
    {
        string[] files = [Path.Combine(DeployFiles.Root, "Makefile"), .. Directory.GetFiles(DeployFiles.PathOf(""), "*", SearchOption.AllDirectories)];
        (string File, string Name)[] used = [.. files.SelectMany(file => Variable().Matches(File.ReadAllText(file)).Select(match => (file, match.Value)))];
        Assert.True(used.Length > 20, "the files were not found");
        Assert.All(used, variable =>
            Assert.True(ServiceVariables.Names.Contains(variable.Name), $"{variable.File} names {variable.Name}, which nothing reads"));
    }

    [Fact]
    public void Every_place_in_the_configuration_of_nginx_is_filled_and_nothing_else_is_given()
    {
        IEnumerable<string> places = Place().Matches(DeployFiles.Read("nginx/nginx.conf")).Select(match => match.Groups["name"].Value).Distinct();
        IEnumerable<string> given = ComposeFile.Environment(Compose.Services["nginx"]).Keys.Where(name => !name.StartsWith("NGINX_", StringComparison.Ordinal));
        Assert.Equal(places.Order(), given.Order());
    }

    [Fact]
    public void Merged_keys_and_nested_defaults_are_resolved()
    {
        ComposeFile file = ComposeFile.Parse("""
            x-app: &app { image: i, environment: &environment { A: '${B:-${C:-k6}}' } }
            services: { one: { <<: *app, environment: { <<: *environment, D: d } } }
            """);
        YamlMappingNode service = file.Services["one"];
        Assert.Equal(("i", 2), (ComposeFile.Text(ComposeFile.Child(service, "image")!), ComposeFile.Environment(service).Count));
        Assert.Equal("k6", ComposeFile.Environment(service)["A"]);
    }

    [GeneratedRegex(@"METERING_[A-Z_]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$\{(?<name>[A-Z]+)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"dotnet publish (?<project>\S+)")]
    private static partial Regex Publish();
}
