@echo off
rem Starts Fieldloom. JAVA_HOME chooses the Java (17 or later); FIELDLOOM_OPTS and JAVA_OPTS are passed to it.
setlocal
set "JAVA=java.exe"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
set "FOUND="
if exist "%JAVA%" set "FOUND=1"
if not defined FOUND for %%j in ("%JAVA%") do if not "%%~$PATH:j"=="" set "FOUND=1"
if not defined FOUND echo fieldloom: no Java: '%JAVA%' was not found. Install Java 17 or later, or set JAVA_HOME 1>&2
if not defined FOUND exit /b 3
rem Commands that answer and end start faster without the optimising compiler; whatever stays up needs it.
set "QUICK="
for %%c in (browse read write call publish lint diff schema doctor) do if "%~1"=="%%c" set "QUICK=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"%JAVA%" %QUICK% -Dfile.encoding=UTF-8 %JAVA_OPTS% %FIELDLOOM_OPTS% -jar "%~dp0..\lib\fieldloom.jar" %*
exit /b %ERRORLEVEL%
