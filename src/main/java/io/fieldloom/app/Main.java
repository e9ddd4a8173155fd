package io.fieldloom.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Where the program starts. Not a JavaFX Application, so that it starts from a plain class path.
 */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // Before the first logger is made: parts of ours ship a /logback.xml that would win
        // otherwise.
        System.setProperty("logback.configurationFile", "io/fieldloom/logback-fieldloom.xml");
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println("fieldloom " + version());
            return;
        }
        System.err.println("fieldloom: nothing to do. Try --version");
        System.exit(2);
    }

    /** The version that the build gave this program. */
    public static String version() {
        try (InputStream in = Main.class.getResourceAsStream("/io/fieldloom/version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
