using System.Text.Json;

namespace Metering.Tests.Deploy;

/// <summary>What <c>deploy/k6/metering.js</c> tells k6: Node.js runs the script itself, with the two modules of k6 replaced by empty ones.</summary>
internal static class K6Script
{
    /// <summary>The time that the script takes for now, in milliseconds since 1970: 2,345 ms after a window of 30 s has begun.</summary>
    public const long Now = 1_700_000_012_345;

    private static readonly string Driver = $$"""
        globalThis.__ENV = {};
        Date.now = () => {{Now}};
        const { profiles, kinds } = await import('./metering.mjs');
        const options = {};
        for (const name of Object.keys(profiles)) {
          __ENV.PROFILE = name;
          options[name] = (await import(`./metering.mjs?${name}`)).options;
        }
        console.log(JSON.stringify({
          options,
          kinds: kinds.map(({ share, tenant, repeat, changed, time }) =>
            ({ share, tenant: tenant || '', repeat: Boolean(repeat), changed: Boolean(changed), shift: time ? time() - Date.now() : 0 })),
        }));
        """;

    /// <summary>Returns <c>options</c>, the options that k6 would see by profile, and <c>kinds</c>, the kinds of events with their shares.</summary>
    public static async Task<JsonElement> ReadAsync()
    {
        Tool.Need("/usr/bin/node", "nodejs");
        string folder = Directory.CreateTempSubdirectory("evenkeel-k6-").FullName;
        try
        {
            string module = Directory.CreateDirectory(Path.Combine(folder, "node_modules", "k6")).FullName;
            await WriteAsync(module, "package.json", """{ "type": "module", "exports": { ".": "./k6.js", "./http": "./http.js" } }""");
            await WriteAsync(module, "k6.js", "export const check = () => true;");
            await WriteAsync(module, "http.js", "export default { setResponseCallback() {}, expectedStatuses() {} };");
            await WriteAsync(folder, "metering.mjs", DeployFiles.Read("k6/metering.js"));
            await WriteAsync(folder, "driver.mjs", Driver);
            (int code, string output, string error) = await Tool.RunAsync("/usr/bin/node", folder, "driver.mjs");
            Assert.True(code == 0, $"deploy/k6/metering.js does not run: {error}");
            return JsonDocument.Parse(output).RootElement;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task WriteAsync(string folder, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder, name), text, TestContext.Current.CancellationToken);
}
