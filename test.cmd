@echo off
rem All tests on Windows: those of Linux-only parts are skipped by themselves.
setlocal
cd /d "%~dp0"
dotnet test --solution EvenKeel.slnx --filter-not-trait Category=Long
exit /b %ERRORLEVEL%
