@echo off
pwsh -NoProfile -File "%~dp0eng\evenkeel.ps1" %*
exit /b %ERRORLEVEL%
