package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.SelfDescription.Entry;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server says of itself. */
class ServerDescriptionTest {
    @TempDir Path folder;
    private OpcUaBench bench;

    @BeforeEach
    void begin() {
        bench = new OpcUaBench(folder.resolve("home"));
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private List<Entry> said(String endpoint) throws Exception {
        DeviceSession session = bench.connected(endpoint, new OpcUaBench.Events());
        return answer(session.capability(SelfDescription.class).orElseThrow().describe());
    }

    @Test
    void aSimulatorSaysWhatItIsAndWhatItTakes() throws Exception {
        assertThat(said(bench.simulator(Map.of()).endpoint()))
                .contains(
                        Entry.of("Server", "State", "Running"),
                        Entry.of("Session", "Security", "None/None"),
                        Entry.of("Namespaces", "0", "http://opcfoundation.org/UA/"),
                        Entry.of("Limits", "Nodes a read", "10000"))
                .anyMatch(
                        entry ->
                                entry.name().equals("Product")
                                        && entry.text().contains("Fieldloom"))
                .anyMatch(
                        entry -> entry.name().equals("Running since") && entry.text().endsWith("Z"))
                .noneMatch(Entry::worrying);
    }

    @Test
    @Tag("foreign")
    void aForeignServerSaysHowManySessionsItHas() throws Exception {
        NodeOpcuaServer server = new NodeOpcuaServer(folder.resolve("pki"));
        try {
            server.start();
            assertThat(said(server.endpoint()))
                    .contains(Entry.of("Server", "State", "Running"))
                    .anyMatch(
                            entry ->
                                    entry.name().equals("Sessions")
                                            && entry.text().startsWith("1 now"))
                    .anyMatch(
                            entry ->
                                    entry.group().equals("Namespaces")
                                            && entry.text().equals("urn:foreign:filler"));
        } finally {
            server.kill();
        }
    }
}
