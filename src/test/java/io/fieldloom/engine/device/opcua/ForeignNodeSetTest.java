package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.engine.device.NodeSetExport;
import io.fieldloom.engine.device.NodeSetExport.Saved;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved of one foreign server, loaded by its maker's own reader. */
@Tag("foreign")
class ForeignNodeSetTest {
    @TempDir Path folder;
    private OpcUaBench bench;
    private NodeOpcuaServer server;
    private NodeSetExport export;
    private Path file;

    @BeforeEach
    void begin() throws Exception {
        file = folder.resolve("plant.NodeSet2.xml");
        bench = new OpcUaBench(folder.resolve("home"));
        server = new NodeOpcuaServer(folder.resolve("pki"));
        server.start("--alarms");
        export =
                bench.connected(server.endpoint(), new OpcUaBench.Events())
                        .capability(NodeSetExport.class)
                        .orElseThrow();
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
        if (server != null) {
            server.kill();
        }
    }

    @Test
    void theWholeAddressSpaceIsLoadedByAnotherProgram() throws Exception {
        AtomicLong looked = new AtomicLong();
        Saved saved = answer(export.save("", file, looked::set));

        assertThat(saved.complete()).isTrue();
        assertThat(saved.nodes()).isGreaterThan(330).isEqualTo((int) looked.get());
        JsonNode loaded = loaded();
        assertThat(loaded.get("nodes").asInt()).isEqualTo(saved.nodes());
        assertThat(loaded.get("parent").toString()).isEqualTo("[\"ns=0;i=85\"]");
        assertThat(loaded.get("speed").asDouble()).isEqualTo(200);
        assertThat(loaded.get("inputs").toString()).isEqualTo("[\"speed\",\"mode\",\"steps\"]");
        assertThat(loaded.get("state").asInt()).isEqualTo(3);
        assertThat(loaded.get("recipe").asInt()).isEqualTo(4);
    }

    // The part is what is below one object; of types only those that it needs.
    @Test
    void aPartBringsTheTypesThatItNeeds() throws Exception {
        Saved saved = answer(export.save("nsu=urn:foreign:filler;s=Machine", file, count -> {}));

        assertThat(saved.nodes()).isBetween(40, 200);
        String text = Files.readString(file);
        assertThat(text)
                .contains("s=Counter", "MachineState")
                .doesNotContain("s=Tag1\"", "s=Tank\"");
        assertThat(loaded().get("nodes").asInt()).isEqualTo(saved.nodes());
    }

    @Test
    void whatIsCancelledLeavesNoFile() throws Exception {
        CompletableFuture<Saved> running = export.save("", file, count -> {});
        running.cancel(true);
        answer(export.save("nsu=urn:foreign:filler;s=Machine", folder.resolve("b.xml"), n -> {}));

        assertThat(file).doesNotExist();
    }

    private JsonNode loaded() throws Exception {
        String line = NodeOpcuaServer.script("nodeset-reader.js", file.toString());
        return new ObjectMapper().readTree(line.substring("result ".length()));
    }
}
