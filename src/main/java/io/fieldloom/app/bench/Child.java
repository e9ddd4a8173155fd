package io.fieldloom.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, so that its work is not counted as ours. */
final class Child implements AutoCloseable {
    private static final Path NODE = Path.of("/usr/bin/node");
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final List<String> endpoints = new ArrayList<>();

    private Child(Process process) {
        this.process = process;
    }

    List<String> endpoints() {
        return endpoints;
    }

    /**
     * {@code fieldloom simulate} of a design; its endpoints in the order of the file.
     *
     * @param home stands in for the person's own
     * @param memory Java's heap, such as {@code 2g}
     */
    static Child simulate(Path home, String design, String memory) throws IOException {
        Path file = home.resolve("bench.fieldloom.yaml");
        Files.writeString(file, design);
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + memory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.fieldloom.app.Main",
                        "simulate",
                        file.toString(),
                        "--json");
        builder.environment().put("FIELDLOOM_HOME", home.toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Child child = new Child(builder.start());
        JsonNode first = new ObjectMapper().readTree(child.firstLine());
        first.path("listening").forEach(each -> child.endpoints.add(each.asText()));
        return child;
    }

    /** Where node and its OPC UA package are, as the foreign tests install them; else null. */
    static Path nodePackages() {
        String named = System.getenv("FIELDLOOM_FOREIGN");
        Path folder =
                named != null
                        ? Path.of(named)
                        : Path.of(System.getProperty("user.home"), ".cache", "fieldloom-foreign");
        Path modules = folder.resolve("node_modules");
        boolean there =
                Files.isExecutable(NODE) && Files.isDirectory(modules.resolve("node-opcua"));
        return there ? modules : null;
    }

    /** A program for node that writes its endpoint on its first line. */
    static Child node(Path packages, Path script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(NODE.toString(), script.toString());
        builder.environment().put("NODE_PATH", packages.toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Child child = new Child(builder.start());
        child.endpoints.add(child.firstLine());
        return child;
    }

    private String firstLine() throws IOException {
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        if (line == null) {
            close();
            throw new IOException("the server for the benchmark did not start");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
