package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JavaFX fails with a stack trace and for good; so the display is looked for before it starts. */
class DisplayTest {
    @TempDir Path root;

    private final Properties properties = new Properties();

    DisplayTest() {
        properties.setProperty("os.name", "Linux");
        properties.setProperty("os.arch", "amd64");
    }

    private Display display(String name) {
        return new Display(name == null ? Map.of() : Map.of("DISPLAY", name), properties, root);
    }

    private void installLibraries() throws IOException {
        Path folder = Files.createDirectories(root.resolve("usr/lib/x86_64-linux-gnu"));
        for (String library :
                new String[] {"libgtk-3.so.0", "libXtst.so.6", "libXxf86vm.so.1", "libGL.so.1"}) {
            Files.createFile(folder.resolve(library));
        }
    }

    @Test
    void withoutTheVariableThereIsNone() {
        assertThat(display(null).obstacle().orElseThrow().why()).contains("DISPLAY is not set");
        assertThat(display(" ").obstacle()).isPresent();
    }

    @Test
    void aNumberThatNobodyAnswersIsNone() throws IOException {
        installLibraries();

        assertThat(display(":77").obstacle().orElseThrow().why()).contains(":77");
    }

    @Test
    void aServerThatAnswersIsOne() throws IOException {
        installLibraries();
        Path folder = Files.createDirectories(root.resolve("tmp/.X11-unix"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.resolve("X77")));

            assertThat(display(":77").obstacle()).isEmpty();
            assertThat(display(":77.0").obstacle()).isEmpty();
        }
    }

    // A server may listen on its abstract name alone, as in containers.
    @Test
    void anAbstractSocketIsOneToo() throws IOException {
        installLibraries();
        Files.createDirectories(root.resolve("proc/net"));
        Files.writeString(
                root.resolve("proc/net/unix"),
                "Num RefCount\n0: 0002 0 0 1 1 5 @/tmp/.X11-unix/X7\n");

        assertThat(display(":7").obstacle()).isEmpty();
        assertThat(display(":77").obstacle()).isPresent();
    }

    @Test
    void missingLibrariesAreNamedByTheirPackages() throws IOException {
        installLibraries();
        Files.delete(root.resolve("usr/lib/x86_64-linux-gnu/libXtst.so.6"));

        // A display elsewhere is not asked: only its libraries are looked for.
        assertThat(display("desk:0").obstacle().orElseThrow().advice()).endsWith(" libxtst6");
    }

    @Test
    void theTestToolkitAndOtherSystemsNeedNone() {
        properties.setProperty("glass.platform", "Monocle");
        assertThat(display(null).obstacle()).isEmpty();

        properties.remove("glass.platform");
        properties.setProperty("os.name", "Windows 11");
        assertThat(display(null).obstacle()).isEmpty();
    }
}
