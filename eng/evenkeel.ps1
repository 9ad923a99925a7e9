# Builds EvenKeel in Release when a source, props or lock file changed (deletions included), then runs it. The Windows twin of ./evenkeel.
$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
$runs = Join-Path $root 'artifacts/run'
$roots = 'src', 'services', 'eng', 'Directory.Build.props', 'Directory.Packages.props', 'global.json' | ForEach-Object { Join-Path $root $_ }
$lines = Get-ChildItem -Recurse -File $roots | Sort-Object FullName | ForEach-Object { (Get-FileHash $_.FullName).Hash + ' ' + $_.FullName.Substring($root.Length) }
$bytes = [System.Text.Encoding]::UTF8.GetBytes($lines -join "`n")
$hash = [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($bytes)).Substring(0, 16).ToLowerInvariant()
$app = Join-Path $runs $hash

if (-not (Test-Path (Join-Path $app 'evenkeel.dll'))) {
    $mutex = [System.Threading.Mutex]::new($false, 'evenkeel-build')
    [void]$mutex.WaitOne()
    try {
        if (-not (Test-Path (Join-Path $app 'evenkeel.dll'))) {
            [Console]::Error.WriteLine('evenkeel: building (a minute or so; only after a change) ...')
            $half = Join-Path $runs ".build-$hash"
            if (Test-Path $half) { Remove-Item -Recurse -Force $half }
            dotnet publish (Join-Path $root 'src/hosts/EvenKeel.Cli') -c Release -o $half -p:PublishSingleFile=false -v quiet -nologo -p:RunAnalyzers=false -p:GenerateDocumentationFile=false
            if ($LASTEXITCODE -ne 0) { exit 1 }
            dotnet publish (Join-Path $root 'services/Albums') -c Release -o (Join-Path $half 'services/Albums') -v quiet -nologo -p:RunAnalyzers=false -p:GenerateDocumentationFile=false
            if ($LASTEXITCODE -ne 0) { exit 1 }
            Move-Item $half $app
        }
    }
    finally { $mutex.ReleaseMutex() }
}

$env:EVENKEEL_SERVICES = Join-Path $app 'services'
dotnet (Join-Path $app 'evenkeel.dll') @args
exit $LASTEXITCODE
