using System.Diagnostics;
using System.Text;
using EvenKeel.Proof.Report;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Tests.Report;

[Trait("Category", "Process")]
public sealed class ReportInBrowserProcessTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_browser_opens_the_file_from_disk_and_shows_the_verdict()
    {
        var chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        if (chromium is null)
        {
            Assert.Skip("SKIPPED, chromium is not installed: apt-get install chromium");
        }

        var folder = Directory.CreateTempSubdirectory("evenkeel-report-");
        try
        {
            var page = await WritePageAsync(folder.FullName, new SampleRun(1, shared: false).Model());
            var dom = await RunAsync(chromium, folder.FullName, "--dump-dom", new Uri(page).AbsoluteUri);

            Assert.Contains(
                "VIOLATION",
                dom[dom.IndexOf("<h1", StringComparison.Ordinal)..dom.IndexOf("</h1>", StringComparison.Ordinal)],
                StringComparison.Ordinal);
            Assert.Contains("id=\"op-", dom, StringComparison.Ordinal);
            Assert.DoesNotContain("<parsererror", dom, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static async Task<string> WritePageAsync(string folder, ReportModel model)
    {
        var path = Path.Combine(folder, "report.html");
        await using var writer = new StreamWriter(path, false, new UTF8Encoding(false));
        HtmlReport.Write(model, writer);
        return path;
    }

    private static async Task<string> RunAsync(string chromium, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(chromium) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", $"--user-data-dir={Path.Combine(folder, "profile")}", .. arguments,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        using var limit = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, TestContext.Current.CancellationToken);
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(linked.Token);
            var dom = await process.StandardOutput.ReadToEndAsync(linked.Token);
            await process.WaitForExitAsync(linked.Token);
            await errors;
            return dom;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(true);
            }
        }
    }
}
