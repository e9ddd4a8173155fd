@echo off
rem Starts Fieldloom. JAVA_HOME chooses the Java (17 or later); FIELDLOOM_OPTS and JAVA_OPTS are passed to it.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -Dfile.encoding=UTF-8 %JAVA_OPTS% %FIELDLOOM_OPTS% -jar "%~dp0..\lib\fieldloom.jar" %*
exit /b %ERRORLEVEL%
