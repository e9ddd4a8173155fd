package io.fieldloom.foreign;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Two serial ports of this computer with a cable between them, by socat. */
public final class SerialCable implements AutoCloseable {
    private final Path ours;
    private final Path theirs;
    private final Process process;

    private SerialCable(Path ours, Path theirs, Process process) {
        this.ours = ours;
        this.theirs = theirs;
        this.process = process;
    }

    /** Lays it, with its ends named in that folder. */
    public static SerialCable in(Path folder) throws IOException {
        ModbusServer.needs("socat", Files.isExecutable(Path.of("/usr/bin/socat")));
        Path ours = folder.resolve("tty-ours");
        Path theirs = folder.resolve("tty-theirs");
        Process process =
                new ProcessBuilder(
                                "/usr/bin/socat",
                                "pty,raw,echo=0,link=" + ours,
                                "pty,raw,echo=0,link=" + theirs)
                        .inheritIO()
                        .start();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Files.exists(ours) && Files.exists(theirs));
        return new SerialCable(ours, theirs, process);
    }

    public Path ours() {
        return ours;
    }

    public Path theirs() {
        return theirs;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
