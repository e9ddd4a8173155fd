package io.fieldloom.app;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a window can open here, found out without loading JavaFX: once JavaFX has failed to start
 * it cannot be started again in the same process, and says why only in a stack trace.
 */
final class Display {
    private static final Pattern LOCAL = Pattern.compile("(?:unix)?:(\\d{1,5})(?:\\.\\d+)?");

    /** What JavaFX loads, and the Debian package that brings it. */
    private static final Map<String, String> LIBRARIES = new LinkedHashMap<>();

    static {
        LIBRARIES.put("libgtk-3.so.0", "libgtk-3-0");
        LIBRARIES.put("libXtst.so.6", "libxtst6");
        LIBRARIES.put("libXxf86vm.so.1", "libxxf86vm1");
        LIBRARIES.put("libGL.so.1", "libgl1");
    }

    private final Map<String, String> environment;
    private final Properties properties;
    private final Path root;

    /**
     * @param root the root of the file system
     */
    Display(Map<String, String> environment, Properties properties, Path root) {
        this.environment = environment;
        this.properties = properties;
        this.root = root;
    }

    static Display ofThisComputer(Map<String, String> environment) {
        return new Display(environment, System.getProperties(), Path.of("/"));
    }

    /** Why no window can open, {@code WHY. TRY}; empty when one can. */
    Optional<Obstacle> obstacle() {
        boolean linux =
                properties.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        if (!linux || "Monocle".equals(properties.getProperty("glass.platform"))) {
            return Optional.empty();
        }
        String name = environment.getOrDefault("DISPLAY", "").strip();
        if (name.isEmpty()) {
            return Optional.of(
                    new Obstacle(
                            "there is no display: DISPLAY is not set",
                            "Start it from a desktop session"));
        }
        Matcher local = LOCAL.matcher(name);
        if (local.matches() && !answers(Integer.parseInt(local.group(1)))) {
            return Optional.of(
                    new Obstacle(
                            "there is no display: nothing answers at DISPLAY " + name,
                            "Start it from a desktop session"));
        }
        List<String> packages = missingPackages();
        return packages.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Obstacle(
                                "system libraries are missing",
                                "Install the packages " + String.join(" ", packages)));
    }

    private boolean answers(int number) {
        // The kernel's list is read in a millisecond; Java's first socket takes a hundred. It has
        // the abstract names too, which Java cannot reach.
        if (listedSockets().contains("/tmp/.X11-unix/X" + number + "\n")) {
            return true;
        }
        // Not listed: the socket of another container, or what a dead server left behind.
        Path socket = root.resolve("tmp/.X11-unix/X" + number);
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            return false; // that is the answer
        }
    }

    private String listedSockets() {
        try {
            return Files.readString(root.resolve("proc/net/unix"));
        } catch (IOException e) {
            return ""; // no list, no such socket
        }
    }

    private List<String> missingPackages() {
        List<Path> folders = libraryFolders();
        List<String> missing = new ArrayList<>();
        LIBRARIES.forEach(
                (library, aPackage) -> {
                    if (folders.stream()
                            .noneMatch(folder -> Files.exists(folder.resolve(library)))) {
                        missing.add(aPackage);
                    }
                });
        return missing;
    }

    private List<Path> libraryFolders() {
        String arch =
                switch (properties.getProperty("os.arch", "")) {
                    case "amd64", "x86_64" -> "x86_64";
                    default -> properties.getProperty("os.arch", "");
                };
        List<Path> folders = new ArrayList<>();
        for (String folder :
                List.of(
                        "usr/lib/" + arch + "-linux-gnu",
                        "lib/" + arch + "-linux-gnu",
                        "usr/lib64",
                        "lib64",
                        "usr/lib",
                        "lib",
                        "usr/local/lib")) {
            folders.add(root.resolve(folder));
        }
        String own = environment.getOrDefault("LD_LIBRARY_PATH", "");
        for (String folder : own.split(":")) {
            if (!folder.isBlank()) {
                folders.add(root.resolve(folder));
            }
        }
        return folders;
    }

    /**
     * @param why what is missing, no full stop
     * @param advice what to do about it, no full stop
     */
    record Obstacle(String why, String advice) {}
}
